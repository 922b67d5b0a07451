import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { localMoment } from '../../domain/local-time.ts';
import type { AuditEntry } from '../../protocol/audit-page.ts';
import { auditFilterSchema, auditPageSchema } from '../../protocol/audit-page.ts';
import type { AppDeps } from '../app-deps.ts';
import { writeCsv } from '../exports/csv.ts';
import { type Column, tableOf } from '../exports/table.ts';
import { signedInOf } from '../people/guard.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { decodeOrThrow } from '../problems.ts';
import type { Scope } from '../store/store.ts';
import { forgetTrail } from './forget-trail.ts';
import { noteTrail } from './keep-trail.ts';
import { auditCursorSchema, readTrail, readTrailPage } from './read-trail.ts';
import '../operation.ts';

const FORGET_EVERY_MS = 6 * 3_600_000;
const CSV = 'text/csv; charset=utf-8';
const querySchema = v.object({ ...auditFilterSchema.entries, cursor: v.exactOptional(auditCursorSchema) });

/** Who saw or changed what, for the auditor. */
export function auditRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store, clock } = deps;
  const forgetting = setInterval(() => {
    store
      .runAlone('forget-audit-trail', async () => forgetTrail(deps))
      .catch((error: unknown) => app.log.error(error));
  }, FORGET_EVERY_MS).unref();
  app.addHook('onClose', async () => clearInterval(forgetting));
  const zoneOf = async (scope: Scope) => placeOf(await visibleServices(store.db, scope), clock).timeZone;
  app.get(
    '/api/v1/audit',
    {
      config: {
        operation: {
          summary: 'The audit trail, newest first',
          caller: 'person',
          permission: 'read-audit',
          trail: 'audit-read',
          query: querySchema,
          replies: { 200: auditPageSchema },
          problems: ['not-signed-in', 'not-allowed', 'unprocessable'],
        },
      },
    },
    async (request) => {
      const { scope } = signedInOf(request);
      const page = await readTrailPage(
        store,
        scope,
        decodeOrThrow(querySchema, request.query),
        await zoneOf(scope),
      );
      noteTrail(request, { detail: { count: page.entries.length } });
      return page;
    },
  );
  app.get(
    '/api/v1/audit.csv',
    {
      config: {
        operation: {
          summary: 'The audit trail as a file',
          caller: 'person',
          permission: 'read-audit',
          trail: 'export-made',
          query: auditFilterSchema,
          replies: { 200: CSV },
          problems: ['not-signed-in', 'not-allowed', 'unprocessable'],
        },
      },
    },
    async (request, reply) => {
      const { scope } = signedInOf(request);
      const timeZone = await zoneOf(scope);
      const entries = await readTrail(
        store,
        scope,
        decodeOrThrow(auditFilterSchema, request.query),
        timeZone,
      );
      noteTrail(request, { detail: { count: entries.length } });
      const fileName = `parvis-journal-${localMoment(clock.now(), timeZone).date}`;
      const table = tableOf('Journal', columnsIn(timeZone), entries);
      return reply
        .type(CSV)
        .header('content-disposition', `attachment; filename="${fileName}.csv"`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(writeCsv({ fileName, about: [], tables: [table] }));
    },
  );
}

function columnsIn(timeZone: string): readonly Column<AuditEntry>[] {
  const text = (name: string, value: (entry: AuditEntry) => string, meaning = ''): Column<AuditEntry> => ({
    name,
    kind: 'text',
    meaning,
    unit: '',
    measure: '',
    value,
  });
  const hour = new Intl.DateTimeFormat('fr-FR', { timeZone, timeStyle: 'medium' });
  return [
    {
      ...text('Jour', ({ recordedAt }) => localMoment(Date.parse(recordedAt), timeZone).date),
      kind: 'day',
    },
    text('Heure', ({ recordedAt }) => hour.format(Date.parse(recordedAt))),
    text('Organisation', ({ organisationName }) => organisationName),
    text('Qui', ({ personName }) => personName),
    text('Quoi', ({ what }) => what),
    text('Sur quoi', ({ about }) => about),
  ];
}
