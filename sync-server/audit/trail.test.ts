import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditPage, auditPageSchema } from '../../protocol/audit-page.ts';
import { engineOf } from '../store/engine.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, asPersonWith, OWN_PAGE, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';
import { forgetTrail } from './forget-trail.ts';
import { recordEntries, type TrailEntry } from './record-entry.ts';

const VILLE = 'ville-de-libourne';
const CCAS = 'ccas-de-libourne';
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

describe('the journal', () => {
  const VISITS = [CCAS, VILLE].map((organisationId): TrailEntry => {
    return { organisationId, person: null, action: 'signed-in', subject: organisationId };
  });
  const read = async (person: TestPerson, query = '') =>
    v.parse(auditPageSchema, (await person.get(`/api/v1/audit${query}`)).json());

  it('is read by auditors and administrators, each their own organisation’s', async () => {
    await recordEntries(server.deps.store.db, NOW, VISITS);
    const auditor = await asPersonWith(server, [
      { organisationId: VILLE, role: 'auditor', siteIds: [], serviceIds: [] },
    ]);
    const page = await read(auditor);
    expect(page.entries.map(({ organisationId }) => organisationId)).toEqual([VILLE]);
    expect((await auditor.get('/api/v1/audit.csv')).body).not.toContain('CCAS');
    const quality = await asPersonWith(server, [
      { organisationId: VILLE, role: 'quality', siteIds: [], serviceIds: [] },
    ]);
    expect((await quality.get('/api/v1/audit')).statusCode).toBe(403);
  });

  it('is paged without a gap or a repetition, and narrowed by day, person and action', async () => {
    const person = { personId: randomUUID(), name: '=Claire' };
    const { db } = server.deps.store;
    for (let minute = 0; minute < 120; minute += 1)
      await recordEntries(
        db,
        `2026-11-20T${minute < 60 ? '09' : '22'}:${String(minute % 60).padStart(2, '0')}:00.000Z`,
        [{ organisationId: VILLE, person, action: minute % 2 === 0 ? 'signed-in' : 'signed-out' }],
      );
    const admin = await asPerson(server, [VILLE]);
    const seen: string[] = [];
    for (let query: string | null = '?to=2026-11-30'; query !== null; ) {
      const page: AuditPage = await read(admin, query);
      seen.push(...page.entries.filter((one) => one.personName === '=Claire').map(({ entryId }) => entryId));
      query = page.nextCursor === null ? null : `?to=2026-11-30&cursor=${page.nextCursor}`;
    }
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
    const count = async (query: string) =>
      (await read(admin, `?person=${person.personId}&${query}`)).entries.length;
    // 23 h at Libourne is 22 h UTC; the day is the reception's.
    expect(await count('from=2026-11-21')).toBe(0);
    expect(await count('to=2026-11-19')).toBe(0);
    expect(await count('action=verbatims-read')).toBe(0);
    expect((await admin.get('/api/v1/audit?action=nonsense')).statusCode).toBe(422);
    const csv = (await admin.get(`/api/v1/audit.csv?person=${person.personId}&action=signed-in`)).body;
    expect(csv.split('\r\n')).toHaveLength(62);
    expect(csv).toContain(`"20/11/2026";"10:00:00";"Ville de Libourne";"'=Claire";"S’est connecté";""`);
  });

  it('tells who signed in and who was refused, and of nobody who is not known here', async () => {
    const admin = await asPerson(server, [VILLE], 'claire@ville.example');
    const signIn = (email: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/sessions',
        headers: OWN_PAGE,
        payload: { email, password: 'un essai malheureux' },
      });
    await signIn('nobody@ville.example');
    await signIn('claire@ville.example');
    await expect.poll(async () => (await entries()).map(({ action }) => action)).toContain('sign-in-refused');
    const { entries: told } = await read(admin);
    // A flood of tries is made to wait, and fills no trail.
    for (let time = 0; time < 8; time += 1) await signIn('claire@ville.example');
    await expect
      .poll(async () => (await entries()).filter(({ action }) => action === 'sign-in-refused').length)
      .toBe(5);
    expect(told.map(({ personName, what }) => [personName, what])).toEqual([
      ['claire', 'Connexion refusée\u00a0: mot de passe'],
    ]);
  });

  it('forgets what is older than a year, and nothing else', async () => {
    const { db } = server.deps.store;
    await recordEntries(db, '2025-11-01T09:00:00.000Z', VISITS);
    await recordEntries(db, '2026-01-01T09:00:00.000Z', VISITS);
    await forgetTrail(server.deps);
    expect((await entries()).map((one) => one.recorded_at)).toEqual(
      Array(2).fill('2026-01-01T09:00:00.000Z'),
    );
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
