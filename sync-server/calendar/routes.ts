import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import { isLocalDate } from '../../domain/weeks.ts';
import { calendarMarkChangeSchema, calendarMarksSchema } from '../../protocol/calendar.ts';
import { organisationIdSchema } from '../../protocol/identities.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { signedInOf } from '../people/guard.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { addMark, readMarks, removeMark } from './marks.ts';
import { SCHOOL_HOLIDAYS } from './read-calendar.ts';
import '../operation.ts';

const organisationParamsSchema = v.object({ organisationId: organisationIdSchema });
const markParamsSchema = v.object({
  organisationId: organisationIdSchema,
  markId: v.pipe(v.string(), v.uuid()),
});
const MARKS = '/api/v1/calendar-marks';

/** The days that the team marks, so that a figure of an election week is read as one. */
export function calendarRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get(
    MARKS,
    {
      config: {
        operation: {
          summary: 'The days that the team has marked',
          caller: 'person',
          permission: 'read-figures',
          trail: null,
          replies: { 200: calendarMarksSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => ({
      marks: await readMarks(deps.store, signedInOf(request).scope),
      schoolHolidays: SCHOOL_HOLIDAYS,
    }),
  );
  app.post(
    `${MARKS}/:organisationId`,
    {
      config: {
        operation: {
          summary: 'Mark days: an election, a closure, works',
          caller: 'person',
          permission: 'change-settings',
          trail: 'settings-changed',
          params: organisationParamsSchema,
          body: calendarMarkChangeSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found', 'unprocessable'],
        },
      },
    },
    async (request, reply) => {
      const { organisationId } = decodeOrThrow(organisationParamsSchema, request.params);
      const change = decodeOrThrow(calendarMarkChangeSchema, request.body);
      for (const field of ['firstDay', 'lastDay'] as const)
        if (!isLocalDate(change[field])) throw wrongDay(field, 'must be a day that exists');
      if (change.lastDay < change.firstDay) throw wrongDay('lastDay', 'must not be before the first day');
      const { scope, person } = signedInOf(request);
      await changing(deps, request, async (within) => {
        if (!(await addMark(within, scope, organisationId, change, person.name)))
          throw new ProblemError('not-found');
      });
      return reply.code(204).send();
    },
  );
  app.delete(
    `${MARKS}/:organisationId/:markId`,
    {
      config: {
        operation: {
          summary: 'Take a mark away',
          caller: 'person',
          permission: 'change-settings',
          trail: 'settings-changed',
          params: markParamsSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const { organisationId, markId } = decodeOrThrow(markParamsSchema, request.params);
      await changing(deps, request, async ({ store }) => {
        if (!(await removeMark(store, signedInOf(request).scope, organisationId, markId)))
          throw new ProblemError('not-found');
      });
      return reply.code(204).send();
    },
  );
}

function wrongDay(field: string, message: string): ProblemError {
  return new ProblemError('unprocessable', { errors: [{ field, message }] });
}
