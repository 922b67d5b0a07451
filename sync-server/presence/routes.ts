import type { FastifyInstance } from 'fastify';
import {
  phoneVisitReplySchema,
  phoneVisitSchema,
  presenceClaimSchema,
  type PhoneVisitReply,
  type VisitGrant,
  visitGrantSchema,
} from '../../protocol/presence.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import type { AppDeps } from '../app-deps.ts';
import { Assignments } from '../assignment/assignments.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import { notePush } from '../health/metrics.ts';
import { Publications } from '../ingest/publications.ts';
import { SealedTexts } from '../ingest/sealed-texts.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { claimCode, forgetSpent } from './claim.ts';
import { grantKeyOf } from './grant.ts';
import { storeVisit } from './store-visit.ts';

const FORGET_EVERY_MS = 600_000;
/**
 * Counted are forgeries alone, which no telephone that reads a tablet ever sends: a whole town behind one address may scan as often as it
 * likes. The codes' 80 bits need no help; this keeps a guesser from costing the server more than this.
 */
const FORGERIES = { limit: 300, windowMs: 600_000 };

/** What a visitor's own telephone asks: to open the code it has read, and to leave the one answer it opens. */
export function presenceRoutes(app: FastifyInstance, deps: AppDeps): void {
  const { store, clock } = deps;
  const assignments = new Assignments(deps);
  const ports = { publications: new Publications(deps), texts: new SealedTexts(deps.sealingKeys) };
  const forgeries = new FailedTries({ ...FORGERIES, clock });
  const forgetting = setInterval(() => {
    store
      .runAlone('forget-spent-codes', async () => forgetSpent(deps))
      .catch((error: unknown) => app.log.error(error));
  }, FORGET_EVERY_MS).unref();
  app.addHook('onClose', async () => clearInterval(forgetting));

  app.post(
    '/api/v1/presence-claims',
    {
      config: {
        operation: {
          summary: 'Open a visit on a telephone with the code a tablet shows',
          caller: 'anybody',
          body: presenceClaimSchema,
          replies: { 201: visitGrantSchema },
          problems: [
            'presence-code-forged',
            'presence-code-revoked',
            'presence-code-used',
            'presence-code-expired',
            'too-many-requests',
            'not-found',
          ],
        },
      },
    },
    async (request, reply) => {
      const asked = decodeOrThrow(presenceClaimSchema, request.body);
      const address = addressKey(request.ip);
      const wait = forgeries.begin(address);
      if (wait !== null) throw new ProblemError('too-many-requests', { retryAfterSeconds: wait });
      const claimed = await claimCode(deps, asked);
      if (claimed.ok || claimed.error !== 'presence-code-forged') forgeries.forgive(address);
      if (!claimed.ok) throw new ProblemError(claimed.error);
      const { device, grant, expiresAt } = claimed.value;
      const assignment = await assignments.atPoint(device.organisationId, device.pointId);
      if (assignment === null)
        throw new ProblemError('not-found', { detail: 'The tablet’s point has no questionnaire.' });
      const answer: VisitGrant = { protocol: PROTOCOL_VERSION, grant, expiresAt, assignment };
      return reply.code(201).send(answer);
    },
  );

  app.post(
    '/api/v1/phone-visits',
    {
      config: {
        operation: {
          summary: 'Leave the one answer of a visit on a telephone; answered once stored',
          caller: 'visitor',
          body: phoneVisitSchema,
          replies: { 201: phoneVisitReplySchema },
          problems: ['visit-grant-unknown', 'visit-grant-used', 'visit-grant-expired', 'storage-full'],
        },
      },
    },
    async (request, reply) => {
      const key = grantKeyOf(request.headers.authorization);
      if (key === null) throw new ProblemError('visit-grant-unknown');
      const visit = decodeOrThrow(phoneVisitSchema, request.body);
      const stored = await storeVisit({ store, clock, ports }, key, visit);
      if (!stored.ok) throw new ProblemError(stored.error);
      const { responseId } = visit;
      notePush([{ verdict: stored.value }]);
      const answer: PhoneVisitReply = {
        protocol: PROTOCOL_VERSION,
        responseId,
        verdict: stored.value,
      };
      return reply.code(201).send(answer);
    },
  );
}
