import type { FastifyInstance } from 'fastify';
import { enrolmentReplySchema, enrolmentRequestSchema } from '../../protocol/enrolment.ts';
import type { AppDeps } from '../app-deps.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { enrol } from './enrol.ts';

const HOUR_MS = 3_600_000;
const TRIES_PER_ADDRESS = 20;
/** 200 tries an hour at 20⁸ codes: one chance in a hundred million for each live code. */
const TRIES_OVERALL = 200;
const EVERYBODY = '*';

/** POST /api/v1/enrolments: a tablet claims its place. */
export function enrolmentRoutes(app: FastifyInstance, { store, clock }: AppDeps): void {
  const byAddress = new FailedTries({ limit: TRIES_PER_ADDRESS, windowMs: HOUR_MS, clock });
  const overall = new FailedTries({ limit: TRIES_OVERALL, windowMs: HOUR_MS, clock });
  app.post(
    '/api/v1/enrolments',
    {
      config: {
        operation: {
          summary: 'Enrol a tablet with a one-time code',
          caller: 'anybody',
          body: enrolmentRequestSchema,
          replies: { 201: enrolmentReplySchema },
          problems: ['code-unknown', 'too-many-requests'],
        },
      },
    },
    async (request, reply) => {
      const asked = decodeOrThrow(enrolmentRequestSchema, request.body);
      const address = addressKey(request.ip);
      const wait = byAddress.begin(address) ?? overall.begin(EVERYBODY);
      if (wait !== null) throw new ProblemError('too-many-requests', { retryAfterSeconds: wait });
      const enrolled = await enrol(store, clock, asked);
      if (!enrolled.ok)
        throw new ProblemError('code-unknown', {
          detail: 'Ask for a new code: each works once, for one hour.',
        });
      byAddress.forgive(address);
      overall.forgive(EVERYBODY);
      return reply.code(201).send(enrolled.value);
    },
  );
}
