import { responseColumns } from './columns.ts';
import { codebookOf } from './codebook.ts';
import type { ResponsesFile, ResponsesWriter } from './file.ts';
import { type OpenedResponse, responseOpener } from './opened-response.ts';
import type { ResponsesRequest } from './request.ts';
import { CIRCUMSTANCES, SEPARATOR } from './stored-batch.ts';

type TestResponse = Readonly<
  Record<(typeof CIRCUMSTANCES)[number], string> & {
    local_date: string;
    half_day: 'am' | 'pm';
    duration_seconds: number;
    answers: string;
    text: string | null;
  }
>;

/** A response of nowhere in particular. */
export function storedResponse(changes: Partial<TestResponse> = {}): TestResponse {
  return {
    organisation_id: 'ville',
    point_id: 'hall',
    service_id: 'accueil',
    survey_version_id: 'accueil-1',
    channel: 'tablet',
    language: 'fr',
    local_date: '2026-11-18',
    half_day: 'am',
    disposition: 'complete',
    duration_seconds: 9,
    flags: '[]',
    is_counted: '1',
    answers: '[]',
    text: null,
    ...changes,
  };
}

/** A file of these responses, whose reading tells when it is asked for more. */
export function responseFile(
  stored: readonly TestResponse[],
  { batch = 1_000, onBatch = () => undefined }: { batch?: number; onBatch?: () => void } = {},
): ResponsesFile {
  const request: ResponsesRequest = {
    database: { file: '' },
    format: 'csv',
    services: [
      {
        organisationId: 'ville',
        organisationName: 'Ville',
        serviceId: 'accueil',
        serviceName: 'Accueil',
        siteName: 'Hôtel de ville',
      },
    ],
    channels: ['tablet'],
    from: '2026-01-01',
    to: '2026-12-31',
    points: [{ organisationId: 'ville', pointId: 'hall', name: 'Hall' }],
    versions: [],
    about: [['Réponses', 'toutes']],
    isDemonstration: false,
  };
  const open = responseOpener();
  async function* batches(): AsyncGenerator<readonly OpenedResponse[]> {
    for (let start = 0; start < stored.length; start += batch) {
      onBatch();
      const some = stored.slice(start, start + batch).map((row, index) => ({ row, id: idOf(start + index) }));
      yield open({
        responses: some.map(({ row, id }) =>
          [
            id,
            row.local_date + row.half_day,
            row.duration_seconds,
            row.answers,
            ...CIRCUMSTANCES.map((column) => row[column]),
          ].join(SEPARATOR),
        ),
        texts: some.flatMap(({ row: { text }, id }) =>
          text === null ? [] : [[id, text, '2026-11-20T08:00:00.000Z', null] as const],
        ),
        decisions: [],
      });
    }
  }
  return {
    about: request.about,
    codebook: codebookOf(request),
    columns: responseColumns(request),
    batches: batches(),
  };
}

function idOf(index: number): string {
  return `0000a1b2-0000-8000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** All that a writer writes. */
export async function bytesOf(write: ResponsesWriter, file: ResponsesFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of write(file)) pieces.push(piece);
  return Buffer.concat(pieces);
}
