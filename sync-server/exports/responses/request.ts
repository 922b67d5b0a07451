import type { Channel } from '../../../domain/answers.ts';
import type { SurveyVersion } from '../../../domain/survey.ts';
import type { LocalDate } from '../../../domain/weeks.ts';

/** The files that responses leave in. */
export const RESPONSE_FORMATS = ['csv', 'codes-csv', 'xlsx', 'ods', 'json', 'parquet'] as const;
export type ResponseFormat = (typeof RESPONSE_FORMATS)[number];

/** The days of a request that does not narrow them. */
export const FIRST_DAY = '2000-01-01';
export const LAST_DAY = '2199-12-31';

/** A reception, with the names that a file calls it by. */
export interface NamedService {
  readonly organisationId: string;
  readonly organisationName: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly siteName: string;
}

/** A questionnaire as it was asked of some organisation's visitors. */
export interface AskedVersion {
  readonly organisationId: string;
  readonly surveyName: string;
  readonly publishedAt: string;
  readonly version: SurveyVersion;
}

/** Which responses are wanted, and all that their file says besides them. Plain data: it crosses to a process of its own. */
export interface ResponsesRequest {
  readonly database: { readonly file: string } | { readonly url: string };
  readonly format: ResponseFormat;
  /** Only theirs; whoever asks has been looked up already. */
  readonly services: readonly NamedService[];
  readonly channels: readonly Channel[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly points: readonly {
    readonly organisationId: string;
    readonly pointId: string;
    readonly name: string;
  }[];
  readonly versions: readonly AskedVersion[];
  readonly about: readonly (readonly [string, string])[];
  readonly isDemonstration: boolean;
}

/** What the process says while it writes; the file itself is its standard output. */
export type ResponsesNews =
  | { readonly kind: 'counted'; readonly total: number }
  | { readonly kind: 'too-many'; readonly total: number; readonly most: number }
  | { readonly kind: 'written'; readonly rows: number };
