import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineOf } from '../store/engine.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';
import { recordEntries } from './record-entry.ts';

const VILLE = 'ville-de-libourne';
let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(async () => server.close());

const entries = () =>
  server.deps.store.db.selectFrom('audit_entries').selectAll().orderBy('recorded_at').execute();
const entry = { organisationId: VILLE, person: null, action: 'signed-in' as const };
const NOW = new Date().toISOString();

describe('the audit trail, by the database itself,', () => {
  beforeEach(async () => recordEntries(server.deps.store.db, NOW, [entry]));
  const REFUSED = /the audit trail is only ever added to/;

  it('refuses to be changed', async () => {
    const change = server.deps.store.db.updateTable('audit_entries').set({ person_name: 'Somebody else' });
    await expect(change.execute()).rejects.toThrow(REFUSED);
    expect((await entries())[0]?.person_name).toBe('');
  });

  it('refuses to lose what is not a year old', async () => {
    await expect(server.deps.store.db.deleteFrom('audit_entries').execute()).rejects.toThrow(REFUSED);
    if (engineOf(server.deps.store.db) === 'postgres')
      await expect(sql`truncate audit_entries`.execute(server.deps.store.db)).rejects.toThrow(REFUSED);
    expect(await entries()).toHaveLength(1);
  });

  it('refuses to have an entry written over', async () => {
    if (engineOf(server.deps.store.db) === 'postgres') return;
    await expect(
      sql`insert or replace into audit_entries select organisation_id, entry_id, recorded_at, null, 'Somebody else',
        action, subject, service_id, detail from audit_entries`.execute(server.deps.store.db),
    ).rejects.toThrow(REFUSED);
    expect((await entries())[0]?.person_name).toBe('');
  });

  it('lets go of what is older', async () => {
    const old = new Date(Date.now() - 366 * 86_400_000).toISOString();
    await recordEntries(server.deps.store.db, old, [entry]);
    await server.deps.store.db.deleteFrom('audit_entries').where('recorded_at', '=', old).execute();
    expect(await entries()).toHaveLength(1);
  });
});

describe('what the web view is used for', () => {
  it('is in the trail before the reply leaves: who, what, where and to what, and none of the words', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await hall.receive({ day: '2026-11-18', texts: ['Zinzolin perlimpinpin'] });
    const person = await asPerson(server, [VILLE], 'claire@ville.example');
    const page = await person.get('/api/v1/verbatims?search=zinzolin&period=2026-W47');
    const [verbatim] = page.json<{ verbatims: { responseId: string }[] }>().verbatims;
    await person.send('PATCH', `/api/v1/verbatims/${VILLE}/${verbatim?.responseId}`, {
      change: 'hide',
      version: 1,
      category: 'other',
      reason: 'perlimpinpin est un nom',
    });
    await person.get('/api/v1/exports/verbatims.csv?service=accueil-general');
    await person.send('POST', `/api/v1/fleet/enrolments/${VILLE}/${hall.enrolmentId}/revocation`, {});
    const told = await entries();
    expect(told.map(({ action, subject, service_id }) => [action, subject, service_id])).toEqual([
      ['verbatims-read', '', ''],
      ['verbatim-changed', `response:${verbatim?.responseId}`, 'accueil-general'],
      ['export-made', '', 'accueil-general'],
      ['tablet-revoked', `tablet:${hall.enrolmentId}`, ''],
    ]);
    expect(told.map(({ detail }) => JSON.parse(detail) as object)).toEqual([
      { period: '2026-W47', count: 1 },
      { change: 'hide' },
      { file: 'verbatims.csv' },
      {},
    ]);
    expect(told.every((one) => one.organisation_id === VILLE && one.person_name === 'claire')).toBe(true);
    expect(JSON.stringify(told).toLowerCase()).not.toMatch(/zinzolin|perlimpinpin/);
  });

  it('leaves nothing where it was refused', async () => {
    const person = await asPerson(server, [VILLE]);
    await person.send(
      'POST',
      `/api/v1/fleet/enrolments/${VILLE}/00000000-0000-4000-8000-000000000001/revocation`,
      {},
    );
    await person.get('/api/v1/verbatims?state=nonsense');
    expect(await entries()).toEqual([]);
  });

  it('is not shown where the trail cannot be kept', async () => {
    const person = await asPerson(server, [VILLE]);
    await sql`drop table audit_entries`.execute(server.deps.store.db);
    expect((await person.get('/api/v1/verbatims')).statusCode).toBe(500);
    expect((await person.get('/api/v1/scores/overview')).statusCode).toBe(200);
  });
});
