import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { AppDeps } from '../app-deps.ts';
import { organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import { signedInOf } from '../people/guard.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { decodeOrThrow } from '../problems.ts';
import { framingQuerySchema, periodTextSchema } from '../scores/framing.ts';
import { readOverview } from '../scores/overview.ts';
import { readServiceDetail, serviceQuerySchema } from '../scores/service-detail.ts';
import { readReleased } from '../verbatims/read-released.ts';
import { verbatimFilterSchema } from '../verbatims/verbatim-filter.ts';
import { writeCsv } from './csv.ts';
import { evidenceFileName, evidenceTables } from '../evidence/evidence-tables.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import { countLost } from '../fleet/losses.ts';
import { writeOds } from './ods.ts';
import { overviewExport } from './overview-export.ts';
import { responsesRoutes } from './responses/routes.ts';
import { records } from './responses/write-json.ts';
import { serviceExport } from './service-export.ts';
import type { Export } from './table.ts';
import { verbatimExport } from './verbatim-export.ts';
import { writeWorkbook } from './xlsx.ts';
import '../operation.ts';

const FORMATS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  json: 'application/json',
} as const;
type Format = keyof typeof FORMATS;

const PDF = 'application/pdf';
const evidenceQuerySchema = v.object({ period: periodTextSchema });
const serviceExportSchema = v.object({
  organisation: organisationIdSchema,
  service: serviceIdSchema,
  ...serviceQuerySchema.entries,
});

/** An export and the parameters of its screen. */
interface Exporter<Schema extends v.GenericSchema> {
  readonly name: string;
  readonly summary: string;
  readonly query: Schema;
  readonly make: (request: FastifyRequest, query: v.InferOutput<Schema>) => Promise<Export>;
}

/** What is on screen as a file: the functions that make a page make its rows, so the two cannot differ. */
export function exportsRoutes(app: FastifyInstance, deps: AppDeps): void {
  responsesRoutes(app, deps);
  addEvidence(app, deps);
  const { store, clock } = deps;
  const placeFor = async (request: FastifyRequest) => {
    const services = await visibleServices(store.db, signedInOf(request).scope);
    const { timeZone, isDemonstration } = placeOf(services, clock);
    return { services, isDemonstration, made: { nowMs: clock.now(), timeZone } };
  };
  addExport(app, {
    name: 'overview',
    summary: 'The overview as a file',
    query: framingQuerySchema,
    make: async (request, query) =>
      overviewExport(
        await readOverview(deps, signedInOf(request).scope, query),
        (await placeFor(request)).made,
      ),
  });
  addExport(app, {
    name: 'service',
    summary: 'A service’s page as a file',
    query: serviceExportSchema,
    make: async (request, { organisation, service, ...query }) => {
      const key = { organisationId: organisation, serviceId: service };
      const detail = await readServiceDetail(deps, signedInOf(request).scope, key, query);
      const { made } = await placeFor(request);
      const place = { ...key, timeZone: made.timeZone };
      const days = { from: detail.firstDay, to: detail.lastDay };
      return serviceExport(detail, await countLost(store.db, place, days), made);
    },
  });
  addExport(app, {
    name: 'verbatims',
    summary: 'Texts that visitors wrote as a file: those that were released, and no other',
    query: verbatimFilterSchema,
    make: async (request, filter) => {
      const { services, isDemonstration, made } = await placeFor(request);
      const { scope } = signedInOf(request);
      const rows = await readReleased(store, scope, filter);
      const asked = services.filter(
        ({ organisationId, serviceId }) =>
          organisationId === (filter.organisation ?? organisationId) &&
          serviceId === (filter.service ?? serviceId),
      );
      return verbatimExport(rows, filter, {
        isDemonstration,
        made,
        scope: asked.map((service) => `${service.serviceName} (${service.organisationName})`),
      });
    },
  });
}

/** What an auditor is handed: a document to read, and the same as sheets. */
function addEvidence(app: FastifyInstance, deps: AppDeps): void {
  const read = async (request: FastifyRequest) => {
    const { period } = decodeOrThrow(evidenceQuerySchema, request.query);
    return readEvidence(deps, signedInOf(request).scope, period);
  };
  addExport(app, {
    name: 'evidence',
    summary: 'The evidence of a period for an auditor, as sheets',
    query: evidenceQuerySchema,
    make: async (request) => evidenceTables(await read(request)),
  });
  app.get(
    '/api/v1/exports/evidence.pdf',
    {
      config: {
        operation: {
          summary: 'The evidence of a period for an auditor, as a tagged document',
          caller: 'person',
          permission: 'export',
          trail: 'export-made',
          query: evidenceQuerySchema,
          replies: { 200: PDF },
          problems: ['not-signed-in', 'unprocessable'],
        },
      },
    },
    async (request, reply) => {
      const evidence = await read(request);
      const fileName = `${evidenceFileName(evidence.framing)}.pdf`;
      // Fetched when the first one is asked for, as `public-results/routes.ts` does.
      const { evidencePdf } = await import('../evidence/evidence-pdf.ts');
      return sendSaved(reply, fileName, PDF, await evidencePdf(evidence));
    },
  );
}

function addExport<Schema extends v.GenericSchema>(app: FastifyInstance, exporter: Exporter<Schema>): void {
  for (const format of Object.keys(FORMATS) as Format[])
    app.get(
      `/api/v1/exports/${exporter.name}.${format}`,
      {
        config: {
          operation: {
            summary: exporter.summary,
            caller: 'person',
            permission: 'export',
            trail: 'export-made',
            query: exporter.query,
            replies: { 200: FORMATS[format] },
            problems: ['not-signed-in', 'not-found', 'unprocessable'],
          },
        },
      },
      async (request, reply) =>
        sendFile(reply, await exporter.make(request, decodeOrThrow(exporter.query, request.query)), format),
    );
}

async function contentOf(file: Export, format: Format): Promise<string | Buffer> {
  switch (format) {
    case 'csv':
      return writeCsv(file);
    case 'xlsx':
      return Buffer.from(await writeWorkbook(file));
    case 'ods':
      return writeOds(file);
    case 'json': {
      const tables = file.tables.map((table) => [table.name, records(table)] as const);
      return JSON.stringify({ about: Object.fromEntries(file.about), ...Object.fromEntries(tables) });
    }
  }
}

/** Saved, never shown: whatever a visitor wrote is not for the browser to render. */
async function sendFile(reply: FastifyReply, file: Export, format: Format): Promise<FastifyReply> {
  return sendSaved(reply, `${file.fileName}.${format}`, FORMATS[format], await contentOf(file, format));
}

function sendSaved(
  reply: FastifyReply,
  fileName: string,
  type: string,
  content: string | Buffer,
): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(content);
}
