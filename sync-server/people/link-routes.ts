import type { FastifyInstance } from 'fastify';
import { linkRequestSchema, signInWaysSchema } from '../../protocol/people.ts';
import type { AppDeps } from '../app-deps.ts';
import { recordEntries } from '../audit/record-entry.ts';
import { instantOf } from '../clock.ts';
import { addressKey, FailedTries } from '../failed-tries.ts';
import { openMailer } from '../mail/send-mail.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { storeWithin, together } from '../store/together.ts';
import { afterReply, workAfterReplies } from './after-reply.ts';
import { foldEmail, personByEmail } from './people.ts';
import { refuseOtherSites } from './same-origin.ts';
import { signInLetter } from './sign-in-letter.ts';
import { linkFor } from './sign-in-links.ts';
import '../operation.ts';

const MINUTE_MS = 60_000;
/** Of a link that was asked for. */
export const ASKED_LINK_MINUTES = 20;
const WINDOW_MS = 15 * MINUTE_MS;
/** Whoever asks again has not found the letter; more would fill a stranger's mailbox. */
export const LETTERS_PER_ADDRESS = 3;
const LETTERS_PER_PLACE = 50;

/** A one-time link by e-mail. Whoever asks hears the same, in the same time, whether anybody has that address or not. */
export function linkRoutes(scope: FastifyInstance, deps: AppDeps): void {
  const { store, clock } = deps;
  const mailer = openMailer(deps.config.mail);
  scope.addHook('onClose', async () => mailer?.close());
  refuseOtherSites(scope, deps.config, () => true);
  workAfterReplies(scope);
  const byAccount = new FailedTries({ limit: LETTERS_PER_ADDRESS, windowMs: WINDOW_MS, clock });
  const byPlace = new FailedTries({ limit: LETTERS_PER_PLACE, windowMs: WINDOW_MS, clock });
  scope.get(
    '/api/v1/sign-in-ways',
    {
      config: {
        operation: {
          summary: 'Whether a link can be sent by e-mail',
          caller: 'anybody',
          replies: { 200: signInWaysSchema },
          problems: [],
        },
      },
    },
    async () => ({ canMailLinks: mailer !== null }),
  );
  scope.post(
    '/api/v1/sign-in-links',
    {
      config: {
        operation: {
          summary: 'Ask for a one-time link by e-mail; the answer tells nothing of who has an account',
          caller: 'anybody',
          body: linkRequestSchema,
          replies: { 202: null },
          problems: ['origin-refused', 'too-many-requests', 'not-found'],
        },
      },
    },
    async (request, reply) => {
      if (mailer === null) throw new ProblemError('not-found', { detail: 'No mail server is set.' });
      const { email } = decodeOrThrow(linkRequestSchema, request.body);
      const wait = byPlace.begin(addressKey(request.ip)) ?? byAccount.begin(foldEmail(email));
      if (wait !== null) throw new ProblemError('too-many-requests', { retryAfterSeconds: wait });
      afterReply(request, async () => {
        const person = await personByEmail(store.db, email);
        if (person === null || person.isDeactivated) return;
        const { organisationId } = person;
        const url = await together(store.db, async (trx) => {
          await recordEntries(trx, instantOf(clock.now()), [
            { organisationId, person, action: 'link-asked' },
          ]);
          const within = { ...deps, store: storeWithin(store, trx) };
          return linkFor(within, person, ASKED_LINK_MINUTES * MINUTE_MS);
        });
        const sent = await mailer.send(signInLetter(person.email, url, ASKED_LINK_MINUTES));
        if (!sent.ok) request.log.warn({ detail: sent.error.detail }, 'a sign-in link could not be sent');
      });
      return reply.code(202).send();
    },
  );
}
