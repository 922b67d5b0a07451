import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, asPersonWith, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const TEXT = 'Madame Zinzolin (06 12 34 56 78) est aimable';

let server: TestApp;
let claire: TestPerson;
let karim: TestPerson;
let url: string;
beforeEach(async () => {
  server = await openTestApp();
  const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
  await hall.receive({ day: '2026-11-18', texts: [TEXT, 'autre chose'] });
  claire = await asPerson(server, undefined, 'claire@libourne.example');
  karim = await asPerson(server, undefined, 'karim@libourne.example');
  const [verbatim] = (await list('search=aimable')).verbatims;
  url = `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`;
});
afterEach(async () => server.close());

const list = async (query = '', who = claire): Promise<VerbatimPage> =>
  (await who.get(`/api/v1/verbatims?${query}`)).json<VerbatimPage>();
const decide = async (who: TestPerson, wanted: object) => who.send('PATCH', url, wanted);
const HIDE = { change: 'hide', category: 'names-agent', reason: '' };
const passage = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });

describe('a text that a visitor wrote', () => {
  it('waits to be moderated until somebody decides, who is told with the moment', async () => {
    expect(await list('moderation=to-moderate')).toMatchObject({ total: 2, toModerateCount: 2 });
    const reply = await decide(claire, { change: 'release', version: 1 });
    expect(reply.json()).toMatchObject({
      version: 2,
      released: { by: 'claire', at: '2026-11-23T09:00:00.000Z' },
      hidden: null,
    });
    expect(await list('moderation=released')).toMatchObject({ total: 1, toModerateCount: 1 });
    expect((await decide(claire, { change: 'reopen', version: 2 })).json()).toMatchObject({
      version: 3,
      released: null,
    });
    expect(await list('moderation=to-moderate')).toMatchObject({ total: 2 });
  });

  it('is hidden with a reason of the list and free words, out of every list but that of the hidden', async () => {
    const unsaid = await decide(claire, { ...HIDE, category: 'other', reason: ' x ', version: 1 });
    expect(unsaid.json()).toMatchObject({ code: 'unprocessable', errors: [{ field: 'reason' }] });
    await decide(claire, { change: 'release', version: 1 });
    expect((await decide(claire, { ...HIDE, reason: ' nomme un agent ', version: 2 })).json()).toMatchObject({
      released: null,
      hidden: { by: 'claire', category: 'names-agent', reason: 'nomme un agent' },
    });
    expect(await list('search=aimable')).toMatchObject({ total: 0, verbatims: [] });
    expect((await list('state=hidden')).verbatims).toMatchObject([{ text: TEXT }]);
    expect((await list('state=unread')).total).toBe(1);
    expect((await decide(claire, { change: 'reopen', version: 3 })).json()).toMatchObject({ hidden: null });
    expect((await list()).total).toBe(2);
  });

  it('is asked about where it looks like personal data, and masked where somebody says so', async () => {
    const [before] = (await list('search=aimable')).verbatims;
    expect(before?.original?.proposals).toEqual([
      { ...passage('Madame Zinzolin'), kind: 'name' },
      { ...passage('06 12 34 56 78'), kind: 'telephone' },
    ]);
    const masks = before?.original?.proposals ?? [];
    const reply = (await decide(claire, { change: 'mask', version: 1, masks })).json();
    expect(reply).toMatchObject({
      text: '[nom masqué] ([téléphone masqué]) est aimable',
      masked: { by: 'claire' },
      original: { text: TEXT, masks, proposals: [] },
    });
    // What is masked is no longer found: a search would tell it letter by letter.
    expect((await list('search=zinzolin')).total).toBe(0);
    expect((await list('search="06 12 34"')).total).toBe(0);
    expect((await list('search=aimable')).total).toBe(1);
    await decide(claire, { change: 'mask', version: 2, masks: [] });
    expect((await list('search=zinzolin')).verbatims).toMatchObject([{ text: TEXT }]);
  });

  it('is left as it was written, whatever is masked', async () => {
    await decide(claire, { change: 'mask', version: 1, masks: [{ start: 0, end: 9_999, kind: 'other' }] });
    const { text } = await server.deps.store.db
      .selectFrom('verbatims')
      .select('text')
      .where('text', 'like', '%Zinzolin%')
      .executeTakeFirstOrThrow();
    expect(text).toBe(TEXT);
  });
});

describe('what is masked', () => {
  const grantOf = (role: 'referent' | 'auditor' | 'quality') => ({
    organisationId: VILLE,
    role,
    siteIds: role === 'referent' ? ['hotel-de-ville'] : [],
    serviceIds: [],
  });

  it('is read by administrators and the quality team, and by nobody else', async () => {
    const masks = [{ ...passage('Madame Zinzolin'), kind: 'name' }];
    await decide(claire, { change: 'mask', version: 1, masks });
    for (const role of ['referent', 'auditor', 'quality'] as const) {
      const who = await asPersonWith(server, [grantOf(role)]);
      const page = await list('search=aimable', who);
      const isModerator = role === 'quality';
      expect(page, role).toMatchObject({ total: 1, mayModerate: isModerator });
      expect(JSON.stringify(page).includes('Zinzolin'), role).toBe(isModerator);
    }
  });

  it('is decided by them alone: whoever reads marks as read, and no more', async () => {
    const referent = await asPersonWith(server, [grantOf('referent')]);
    expect((await decide(referent, { change: 'mark-read' })).json()).toMatchObject({ original: null });
    for (const change of [{ change: 'release' }, HIDE, { change: 'mask', masks: [] }, { change: 'reopen' }])
      expect((await decide(referent, { ...change, version: 1 })).json()).toMatchObject({
        code: 'not-allowed',
      });
    const quality = await asPersonWith(server, [grantOf('quality')]);
    expect((await decide(quality, { change: 'release', version: 1 })).statusCode).toBe(200);
  });

  it('is whatever looks like contact details, for whoever may not see them', async () => {
    const auditor = await asPersonWith(server, [grantOf('auditor')]);
    expect((await list('search=aimable', auditor)).verbatims).toMatchObject([
      { text: 'Madame Zinzolin ([téléphone masqué]) est aimable', original: null },
    ]);
  });
});

describe('two people who decide at once', () => {
  it('do not undo each other: the second is told what the first decided, and nothing is changed', async () => {
    await decide(claire, { ...HIDE, version: 1 });
    const second = await decide(karim, { change: 'release', version: 1 });
    expect(second.statusCode).toBe(409);
    expect(second.headers['content-type']).toContain('application/problem+json');
    expect(second.json()).toMatchObject({
      code: 'conflict',
      current: { version: 2, released: null, hidden: { by: 'claire', category: 'names-agent' }, masks: [] },
    });
    expect(second.body).not.toContain('Zinzolin');
    expect((await list('state=hidden')).verbatims).toMatchObject([{ version: 2 }]);
    // Having seen it, they may decide otherwise all the same.
    expect((await decide(karim, { change: 'release', version: 2 })).json()).toMatchObject({
      released: { by: 'karim' },
      hidden: null,
    });
  });

  it('agree without a word where both want the same', async () => {
    const masks = [{ ...passage('Madame Zinzolin'), kind: 'name' }];
    await decide(claire, { change: 'mask', version: 1, masks });
    await decide(claire, { change: 'release', version: 2 });
    expect((await decide(karim, { change: 'release', version: 1 })).json()).toMatchObject({
      version: 3,
      released: { by: 'claire' },
    });
    expect((await decide(karim, { change: 'mask', version: 1, masks })).statusCode).toBe(200);
    expect((await decide(karim, { ...HIDE, version: 1 })).statusCode).toBe(409);
  });

  it('lose nothing when they really are at once', async () => {
    const replies = await Promise.all(
      [claire, karim, claire, karim].map(async (who, index) =>
        decide(who, { ...HIDE, reason: `raison ${index}`, version: 1 }),
      ),
    );
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      200, 409, 409, 409,
    ]);
    const [hidden] = (await list('state=hidden')).verbatims;
    const winner = replies.findIndex(({ statusCode }) => statusCode === 200);
    expect(hidden?.hidden?.reason).toBe(`raison ${winner}`);
  });
});
