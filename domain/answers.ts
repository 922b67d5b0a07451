import type { BootId, ItemId, PointId, SurveyVersionId } from './ids.ts';
import { isScaleCode } from './scales.ts';
import type { Option, SurveyVersion } from './survey.ts';

/** What one respondent gave to one item. Free text is not here: it travels sealed, beside the answers. */
export type Answer =
  | { readonly itemId: ItemId; readonly kind: 'rating'; readonly code: string }
  | { readonly itemId: ItemId; readonly kind: 'choice'; readonly codes: readonly string[] };

/** `complete`: the visitor reached the thanks. `partial`: walked away, or the tablet went down, after the first touch. */
export type Disposition = 'complete' | 'partial';

/** By which way an answer came; never added up without saying so. */
export type Channel = 'tablet' | 'phone' | 'paper' | 'web';
export const CHANNELS: readonly Channel[] = ['tablet', 'phone', 'paper', 'web'];

/** Free text, sealed to the server's public key (HPKE base mode, RFC 9180); both fields are base64. */
export interface SealedText {
  readonly encapsulatedKey: string;
  readonly ciphertext: string;
  /** Which sealing key was used; absent means the server tries every key it has. */
  readonly keyId?: string;
}

/** About the answering, not the answer. */
export interface Paradata {
  /** First touch to last touch. */
  readonly durationSeconds: number;
  /** Quality flags raised on the tablet, e.g. `test-mode` or `burst`. Nothing flagged is ever dropped. */
  readonly flags: readonly string[];
  /** By which rules of `domain/integrity.ts` the answering was judged; absent where nobody judged it. */
  readonly integrityRules?: number;
}

/** Everything one respondent left. */
export interface SurveyResponse {
  readonly surveyVersionId: SurveyVersionId;
  readonly pointId: PointId;
  readonly channel: Channel;
  readonly language: string;
  /** UTC instant on the tablet's clock at the first touch; the server keeps only the local half-day of it. */
  readonly answeredAt: string;
  readonly bootId: BootId;
  readonly disposition: Disposition;
  readonly answers: readonly Answer[];
  readonly sealedText: SealedText | null;
  readonly paradata: Paradata;
}

/** Answers given while staff try the tablet out: kept, flagged, counted nowhere. */
export const TEST_MODE_FLAG = 'test-mode';

/**
 * Says what keeps these answers from being understood against the survey they claim to answer; empty when nothing does.
 * Each fault names the answer by its place, as the wire shows it.
 */
export function answerFaults(version: SurveyVersion, answers: readonly Answer[]): readonly string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  answers.forEach((answer, index) => {
    const place = `answers[${index}]`;
    const item = version.items.find((candidate) => candidate.itemId === answer.itemId);
    if (item === undefined) {
      faults.push(`${place}.itemId: survey version ${version.surveyVersionId} has no item ${answer.itemId}`);
      return;
    }
    if (seen.has(answer.itemId)) faults.push(`${place}.itemId: item ${answer.itemId} is answered twice`);
    seen.add(answer.itemId);
    if (item.kind === 'verbatim' && answer.kind === 'choice' && item.themes !== undefined) {
      faults.push(...codeFaults(place, answer.codes, item.themes, `a theme of item ${answer.itemId}`));
    } else if (item.kind !== answer.kind) {
      faults.push(`${place}.kind: item ${answer.itemId} is a ${item.kind}, not a ${answer.kind}`);
    } else if (item.kind === 'rating' && answer.kind === 'rating') {
      if (!isScaleCode(item.scaleId, answer.code))
        faults.push(`${place}.code: ${answer.code} is not a level of the ${item.scaleId} scale`);
    } else if (item.kind === 'choice' && answer.kind === 'choice') {
      if (!item.isMultiple && answer.codes.length > 1)
        faults.push(`${place}.codes: only one option may be chosen`);
      faults.push(...codeFaults(place, answer.codes, item.options, `an option of item ${answer.itemId}`));
    }
  });
  return faults;
}

function codeFaults(
  place: string,
  codes: readonly string[],
  offered: readonly Option[],
  what: string,
): readonly string[] {
  const repeated = new Set(codes).size === codes.length ? [] : [`${place}.codes: an option is there twice`];
  const unknown = codes.filter((code) => !offered.some((option) => option.code === code));
  return [...repeated, ...unknown.map((code) => `${place}.codes: ${code} is not ${what}`)];
}
