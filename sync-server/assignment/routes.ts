import type { FastifyInstance } from 'fastify';
import { assignmentSchema } from '../../protocol/assignment.ts';
import type { AppDeps } from '../app-deps.ts';
import { DeviceTokens } from '../fleet/device-token.ts';
import { ProblemError } from '../problems.ts';
import { Assignments } from './assignments.ts';

/** GET /api/v1/assignment: everything a tablet needs to stand at its point; 304 while it has the current one. */
export function assignmentRoutes(app: FastifyInstance, deps: AppDeps): void {
  const tokens = new DeviceTokens(deps.store);
  const assignments = new Assignments(deps);
  app.get(
    '/api/v1/assignment',
    {
      config: {
        operation: {
          summary: 'What a tablet asks, where it stands and to which key it seals',
          caller: 'tablet',
          replies: { 200: assignmentSchema, 304: null },
          problems: ['device-unknown', 'device-revoked', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      const device = await tokens.authenticate(request.headers.authorization);
      if (!device.ok) throw new ProblemError(device.error.kind);
      const assignment = await assignments.of(device.value);
      if (assignment === null)
        throw new ProblemError('not-found', { detail: 'The tablet’s point has no questionnaire.' });
      // `no-cache` and not `no-store`: the tag may be asked again, the body is kept by the tablet itself.
      void reply.header('etag', `"${assignment.tag}"`);
      if (isHeld(request.headers['if-none-match'], assignment.tag)) return reply.code(304).send();
      return reply.type('application/json; charset=utf-8').send(assignment.json());
    },
  );
}

function isHeld(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const tags = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(`"${tag}"`) || tags.includes(tag);
}
