import type { OpenedResponse } from './opened-response.ts';
import { responseColumns } from './columns.ts';
import { openResponse } from './opened-response.ts';
import { codebookOf } from './codebook.ts';
import type { ResponsesFile, ResponsesWriter } from './file.ts';
import type { ResponsesRequest } from './request.ts';
import type { StoredResponse } from './stored-responses.ts';

/** A response of nowhere in particular. */
export function storedResponse(changes: Partial<StoredResponse> = {}): StoredResponse {
  return {
    organisation_id: 'ville',
    response_id: '0000a1b2-0000-8000-8000-000000000000',
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
    is_counted: 1,
    answers: '[]',
    text: null,
    released_at: '2026-11-20T08:00:00.000Z',
    masks: null,
    ...changes,
  };
}

/** A file of these responses, whose reading tells when it is asked for more. */
export function responseFile(
  stored: readonly StoredResponse[],
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
  async function* batches(): AsyncGenerator<readonly OpenedResponse[]> {
    for (let start = 0; start < stored.length; start += batch) {
      onBatch();
      yield stored.slice(start, start + batch).map(openResponse);
    }
  }
  return {
    about: request.about,
    codebook: codebookOf(request),
    columns: responseColumns(request),
    batches: batches(),
  };
}

/** All that a writer writes. */
export async function bytesOf(write: ResponsesWriter, file: ResponsesFile): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of write(file)) pieces.push(piece);
  return Buffer.concat(pieces);
}
