import type { FastifyInstance, FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import * as v from 'valibot';
import { weeklyLetterChangeSchema, weeklyLetterSchema } from '../../protocol/weekly-mail.ts';
import type { AppDeps } from '../app-deps.ts';
import { changing } from '../audit/keep-trail.ts';
import { element, htmlPage } from '../html-page.ts';
import { signedInOf } from '../people/guard.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import { decodeOrThrow, ProblemError } from '../problems.ts';
import { setWantsLetter, wantsLetter } from './preferences.ts';
import { letterHtml, letterText } from './render-letter.ts';
import { lastEndedWeek, UNSUBSCRIBE_PATH, weeklyLetter } from './send-weekly.ts';
import { readerOfToken } from './unsubscribe-token.ts';
import '../operation.ts';

const MAX_FORM_BYTES = 4_096;
const tokenQuerySchema = v.object({ jeton: v.pipe(v.string(), v.maxLength(400)) });
const HTML = 'text/html; charset=utf-8';
/** A letter brings its styles along, as mail programs want it; nothing in it may run or load. */
const LETTER_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-popups";
const PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** The letter of Monday: whether one wants it, what it looks like, and the way to be left alone. */
export async function weeklyMailRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  ownLetter(app, deps);
  await app.register(async (open) => leavingPages(open, deps));
}

function ownLetter(app: FastifyInstance, deps: AppDeps): void {
  const { store, clock, config } = deps;
  app.get(
    '/api/v1/weekly-letter',
    {
      config: {
        operation: {
          summary: 'Whether one gets the letter of Monday',
          caller: 'person',
          permission: 'own-account',
          trail: null,
          replies: { 200: weeklyLetterSchema },
          problems: ['not-signed-in'],
        },
      },
    },
    async (request) => ({
      isWanted: await wantsLetter(store, signedInOf(request).person),
      canBeSent: config.mail !== null,
    }),
  );
  app.put(
    '/api/v1/weekly-letter',
    {
      config: {
        operation: {
          summary: 'Get the letter of Monday, or get it no more',
          caller: 'person',
          permission: 'own-account',
          trail: 'account-changed',
          body: weeklyLetterChangeSchema,
          replies: { 204: null },
          problems: ['not-signed-in', 'origin-refused'],
        },
      },
    },
    async (request, reply) => {
      const { isWanted } = decodeOrThrow(weeklyLetterChangeSchema, request.body);
      await changing(deps, request, async (within) =>
        setWantsLetter(within.store, signedInOf(request).person, isWanted),
      );
      return reply.code(204).send();
    },
  );
  for (const [ending, type] of [
    ['html', HTML],
    ['txt', 'text/plain; charset=utf-8'],
  ] as const)
    app.get(
      `/api/v1/weekly-letter/preview.${ending}`,
      {
        config: {
          operation: {
            summary: 'One’s own letter about the week that ended last, as it would be sent now',
            caller: 'person',
            permission: 'read-figures',
            trail: null,
            replies: { 200: type },
            problems: ['not-signed-in'],
          },
        },
      },
      async (request, reply) => {
        const { person, scope } = signedInOf(request);
        const { timeZone } = placeOf(await visibleServices(store.db, scope), clock);
        const letter = await weeklyLetter(deps, person, scope, lastEndedWeek(clock.now(), timeZone));
        return reply
          .type(type)
          .header('content-security-policy', LETTER_POLICY)
          .send(ending === 'html' ? await letterHtml(letter) : letterText(letter));
      },
    );
}

/** Reached from a letter by whoever holds it: nobody signs in to be left alone. */
async function leavingPages(app: FastifyInstance, { store }: AppDeps): Promise<void> {
  // A mail program posts a form (RFC 8058), and so does the button of the page; what it says is in the address.
  app.addContentTypeParser(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit: MAX_FORM_BYTES },
    async () => ({}),
  );
  const readerOf = (query: unknown) => {
    const decoded = v.safeParse(tokenQuerySchema, query);
    const reader = decoded.success ? readerOfToken(store, decoded.output.jeton) : null;
    if (reader === null) throw new ProblemError('not-found');
    return reader;
  };
  const operation = {
    summary: 'Be left alone by the letter of Monday',
    caller: 'anybody',
    query: tokenQuerySchema,
    replies: { 200: HTML },
    problems: ['not-found'],
  } as const;
  // Looking changes nothing: mail programs look at every link of a letter.
  app.get(UNSUBSCRIBE_PATH, { config: { operation } }, async (request, reply) => {
    readerOf(request.query);
    return sendPage(reply, 'Ne plus recevoir la lettre du lundi', [
      element('p', null, 'La lettre du lundi ne vous sera plus envoyée. Vos accès à Parvis ne changent pas.'),
      element('form', { method: 'post' }, element('button', { type: 'submit' }, 'Ne plus la recevoir')),
    ]);
  });
  app.post(UNSUBSCRIBE_PATH, { config: { operation } }, async (request, reply) => {
    if (!(await setWantsLetter(store, readerOf(request.query), false))) throw new ProblemError('not-found');
    return sendPage(reply, 'C’est fait', [
      element(
        'p',
        null,
        'La lettre du lundi ne vous sera plus envoyée. Vous pouvez la demander de nouveau dans Parvis, à la page Compte.',
      ),
    ]);
  });
}

async function sendPage(
  reply: FastifyReply,
  title: string,
  content: readonly VNode[],
): Promise<FastifyReply> {
  const page = await htmlPage(
    {
      language: 'fr',
      title: `${title} – Parvis`,
      head: [element('meta', { name: 'robots', content: 'noindex' })],
    },
    element('body', null, element('main', null, element('h1', null, title), ...content)),
  );
  return reply
    .type(HTML)
    .header('content-security-policy', PAGE_POLICY)
    .header('cache-control', 'no-store')
    .send(page);
}
