import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  newSecondFactorSchema,
  recoveryCodesSchema,
  secondFactorCodeSchema,
  secondFactorRemovalSchema,
} from '../../protocol/people.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { FailedTries } from '../failed-tries.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { signedInOf } from './guard.ts';
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, isCodeOf } from './second-factor.ts';
import '../operation.ts';

const WINDOW_MS = 15 * 60_000;
const TRIES = 5;

/** Setting the second factor up, and taking it away. */
export function secondFactorRoutes(app: FastifyInstance, deps: AppDeps): void {
  const tries = new FailedTries({ limit: TRIES, windowMs: WINDOW_MS, clock: deps.clock });
  /** Counts wrong codes against the person, and forgets the try where the code was right. */
  const checked = async <Value>(
    request: FastifyRequest,
    check: () => Promise<Value | null>,
  ): Promise<Value> => {
    const { personId } = signedInOf(request).person;
    const wait = tries.begin(personId);
    if (wait !== null) throw new ProblemError('too-many-requests', { retryAfterSeconds: wait });
    const value = await check();
    if (value === null) throw new ProblemError('second-factor-wrong');
    tries.forgive(personId);
    return value;
  };
  const operation = { caller: 'person', permission: 'own-account' } as const;
  app.post(
    '/api/v1/account/second-factor',
    {
      config: {
        operation: {
          ...operation,
          summary: 'Make a secret for an authenticator; a code of it confirms it',
          trail: null,
          isBeforeSecondFactor: true,
          replies: { 201: newSecondFactorSchema },
          problems: ['not-signed-in', 'origin-refused', 'conflict'],
        },
      },
    },
    async (request, reply) => {
      const { person } = signedInOf(request);
      // One that stands is taken away first, with a code of it: an open page must not be enough to replace it.
      if (person.hasSecondFactor) throw new ProblemError('conflict');
      return reply.code(201).send(await beginSecondFactor(deps, person));
    },
  );
  app.put(
    '/api/v1/account/second-factor',
    {
      config: {
        operation: {
          ...operation,
          summary: 'Confirm the secret with a code; the recovery codes are shown this once',
          trail: 'second-factor-set',
          isBeforeSecondFactor: true,
          body: secondFactorCodeSchema,
          replies: { 200: recoveryCodesSchema },
          problems: [
            'not-signed-in',
            'origin-refused',
            'second-factor-wrong',
            'too-many-requests',
            'conflict',
          ],
        },
      },
    },
    async (request) => {
      const { code } = decodeOrThrow(secondFactorCodeSchema, request.body);
      const { person } = signedInOf(request);
      if (person.hasSecondFactor) throw new ProblemError('conflict');
      return changing(deps, request, async (within) => ({
        recoveryCodes: await checked(request, async () => confirmSecondFactor(within, person, code)),
      }));
    },
  );
  app.post(
    '/api/v1/account/second-factor/removal',
    {
      config: {
        operation: {
          ...operation,
          summary:
            'Take the second factor away, with a code of it, a recovery code, or by a link of the machine',
          trail: 'second-factor-removed',
          body: secondFactorRemovalSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused', 'second-factor-wrong', 'too-many-requests'],
        },
      },
    },
    async (request, reply) => {
      const { code = '' } = decodeOrThrow(secondFactorRemovalSchema, request.body);
      const { person, way } = signedInOf(request);
      await changing(deps, request, async (within) => {
        // Whoever holds the machine has the database in any case.
        if (way !== 'machine')
          await checked(request, async () => ((await isCodeOf(within, person, code)) ? true : null));
        await removeSecondFactor(within, person);
      });
      return reply.code(204).send();
    },
  );
}
