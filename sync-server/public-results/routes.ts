import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { organisationIdSchema, serviceIdSchema } from '../../protocol/identities.ts';
import { kioskOriginOf } from '../addresses.ts';
import type { AppDeps } from '../app-deps.ts';
import { signedInOf } from '../people/guard.ts';
import { holdsService } from '../people/scope.ts';
import { ProblemError } from '../problems.ts';
import { openDataCsv, TABLE_SCHEMA } from './open-data.ts';
import { type PublishedResults, readPublishedResults } from './read-results.ts';
import { resultsPage } from './results-page.ts';
import '../operation.ts';

const STYLE = readFileSync(new URL('style.css', import.meta.url), 'utf8');
/** Read by anybody, however often: the database is asked once in a while, and what was published minutes ago is soon enough. */
const KEPT_MS = 60_000;
const CACHED = 'public, max-age=300';
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const;
const posterKeySchema = v.object({ organisationId: organisationIdSchema, serviceId: serviceIdSchema });

/** What a town shows of its receptions to everybody: on the host name that visitors' telephones know. */
export function publicResultsRoutes(app: FastifyInstance, deps: AppDeps): void {
  let kept: { readonly untilMs: number; readonly results: Promise<PublishedResults> } | null = null;
  const results = async (): Promise<PublishedResults> => {
    const now = deps.clock.now();
    if (kept === null || kept.untilMs <= now || kept.untilMs > now + KEPT_MS) {
      const reading = { untilMs: now + KEPT_MS, results: readPublishedResults(deps) };
      kept = reading;
      // What could not be read is asked for again.
      reading.results.catch(() => {
        if (kept === reading) kept = null;
      });
    }
    return kept.results;
  };
  const add = (path: string, type: keyof typeof TYPES, content: () => Promise<string>) =>
    app.get(
      path,
      {
        config: {
          operation: {
            summary: 'What is published of the receptions',
            caller: 'anybody',
            replies: { 200: TYPES[type] },
            problems: ['overloaded'],
          },
        },
      },
      async (request, reply) => sendCached(request, reply, TYPES[type], await content()),
    );
  add('/resultats', 'html', async () => resultsPage(await results(), 'fr'));
  add('/resultats/en', 'html', async () => resultsPage(await results(), 'en'));
  add('/resultats/donnees.csv', 'csv', async () => openDataCsv(await results()));
  add('/resultats/table-schema.json', 'json', async () => JSON.stringify(TABLE_SCHEMA, null, 2));
  add('/resultats/style.css', 'css', async () => STYLE);
}

/** The poster of a service, for those who hang it up. */
export function posterRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store, clock, config } = deps;
  app.get(
    '/api/v1/publications/:organisationId/:serviceId/poster.pdf',
    {
      config: {
        operation: {
          summary: 'An A4 poster of what is published of a service',
          caller: 'person',
          permission: 'read-publications',
          trail: null,
          params: posterKeySchema,
          replies: { 200: 'application/pdf' },
          problems: ['not-signed-in', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const key = v.safeParse(posterKeySchema, request.params);
      if (!key.success || !holdsService(signedInOf(request).scope, key.output))
        throw new ProblemError('not-found');
      const { organisationId, serviceId } = key.output;
      const { organisations, isDemonstration } = await readPublishedResults({ store, clock });
      for (const { name, services } of organisations) {
        const service = services.find(
          (one) => one.organisationId === organisationId && one.serviceId === serviceId,
        );
        if (service === undefined) continue;
        // What draws papers is fetched when the first one is asked for: 13 MB that taking answers does without.
        const { posterPdf } = await import('./poster.ts');
        const content = await posterPdf({
          organisationName: name,
          service,
          url: `${kioskOriginOf(config)}/resultats`,
          madeMs: clock.now(),
          isDemonstration,
        });
        return reply
          .type('application/pdf')
          .header('content-disposition', `attachment; filename="parvis-affiche-${serviceId}.pdf"`)
          .header('cache-control', 'no-store')
          .send(content);
      }
      throw new ProblemError('not-found');
    },
  );
}

function sendCached(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  content: string,
): FastifyReply {
  const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', tag).header('cache-control', CACHED).header('content-security-policy', POLICY);
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  return reply.type(type).header('x-content-type-options', 'nosniff').send(content);
}
