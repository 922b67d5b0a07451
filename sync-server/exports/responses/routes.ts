import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as v from 'valibot';
import { exportProgressSchema } from '../../../protocol/exports.ts';
import type { AppDeps } from '../../app-deps.ts';
import { signedInOf } from '../../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../../problems.ts';
import { writeCsv } from '../csv.ts';
import { codebookOf } from './codebook.ts';
import { RESPONSE_FORMATS, type ResponseFormat, type ResponsesRequest } from './request.ts';
import { type RunningExport, runExport } from './run-export.ts';
import { RunningExports } from './running-exports.ts';
import { responsesQuerySchema, wantedResponses } from './wanted-responses.ts';

/** What each is called in an address, its media type, and the ending of its file's name. */
const FILES: Readonly<
  Record<ResponseFormat, { readonly path: string; readonly type: string; readonly ending: string }>
> = {
  csv: { path: 'responses.csv', type: 'text/csv; charset=utf-8', ending: '.csv' },
  'codes-csv': { path: 'responses-codes.csv', type: 'text/csv; charset=utf-8', ending: '-codes.csv' },
  xlsx: {
    path: 'responses.xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: '.xlsx',
  },
  ods: { path: 'responses.ods', type: 'application/vnd.oasis.opendocument.spreadsheet', ending: '.ods' },
  json: { path: 'responses.json', type: 'application/json', ending: '.json' },
  parquet: { path: 'responses.parquet', type: 'application/vnd.apache.parquet', ending: '.parquet' },
};
const progressKeySchema = v.object({ exportId: v.pipe(v.string(), v.uuid()) });

/** Every response of a period as a file, written while it is read. */
export function responsesRoutes(app: FastifyInstance, deps: AppDeps): void {
  const exports = new RunningExports();
  const sources = { store: deps.store, clock: deps.clock, databaseUrl: deps.config.databaseUrl };
  for (const format of RESPONSE_FORMATS) {
    const { path, type } = FILES[format];
    app.get(
      `/api/v1/exports/${path}`,
      {
        // Asking whether it is there must not start it.
        exposeHeadRoute: false,
        config: {
          operation: {
            summary: 'Every response of a period, by day and half-day, with what its codes mean',
            caller: 'person',
            permission: 'export',
            trail: 'export-made',
            query: responsesQuerySchema,
            replies: { 200: type },
            problems: ['not-signed-in', 'unprocessable', 'export-too-large', 'overloaded'],
          },
        },
      },
      async (request, reply) => sendResponses(request, reply, format),
    );
  }

  async function sendResponses(
    request: FastifyRequest,
    reply: FastifyReply,
    format: ResponseFormat,
  ): Promise<FastifyReply> {
    const { scope, person } = signedInOf(request);
    const query = decodeOrThrow(responsesQuerySchema, request.query);
    const wanted = await wantedResponses(sources, scope, query, format);
    const running = await start(wanted.request);
    // Whoever goes away takes the work along.
    reply.raw.once('close', () => running.cancel());
    if (reply.raw.destroyed) running.cancel();
    if (query.exportId !== undefined) exports.follow(query.exportId, person.personId, running);
    return reply
      .type(FILES[format].type)
      .header('content-disposition', `attachment; filename="${wanted.fileName}${FILES[format].ending}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .header('x-parvis-rows', String(running.total))
      .send(running.content);
  }

  async function start(request: ResponsesRequest): Promise<RunningExport> {
    const giveBack = exports.take();
    try {
      const started = await runExport(request);
      if (!started.ok)
        throw new ProblemError('export-too-large', {
          detail: `${started.error.total} responses; this format holds ${started.error.most}.`,
        });
      void started.value.ended.then(giveBack);
      return started.value;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  app.get(
    '/api/v1/exports/progress/:exportId',
    {
      config: {
        operation: {
          summary: 'How far an export is',
          caller: 'person',
          permission: 'export',
          trail: null,
          params: progressKeySchema,
          replies: { 200: exportProgressSchema },
          problems: ['not-signed-in', 'not-found'],
        },
      },
    },
    async (request) => {
      const key = v.safeParse(progressKeySchema, request.params);
      const { personId } = signedInOf(request).person;
      const progress = key.success ? exports.progressOf(key.output.exportId, personId) : null;
      if (progress === null) throw new ProblemError('not-found');
      return progress;
    },
  );
  app.get(
    '/api/v1/exports/codebook.csv',
    {
      config: {
        operation: {
          summary: 'What every code of the responses means',
          caller: 'person',
          permission: 'export',
          trail: null,
          replies: { 200: FILES.csv.type },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request, reply) => {
      const { request: wanted } = await wantedResponses(sources, signedInOf(request).scope, {}, 'csv');
      const fileName = 'parvis-codes';
      return reply
        .type(FILES.csv.type)
        .header('content-disposition', `attachment; filename="${fileName}.csv"`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'no-store')
        .send(writeCsv({ fileName, about: [], tables: [codebookOf(wanted)] }));
    },
  );
}
