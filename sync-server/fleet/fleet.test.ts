import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolmentCodeReplySchema } from '../../protocol/enrolment.ts';
import { type Fleet, fleetSchema } from '../../protocol/fleet.ts';
import { DemoTablet } from '../demo/demo-tablet.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import { openReception } from '../test-reception.ts';

const VILLE = 'ville-de-libourne';
const PLACE = { organisationId: VILLE, pointId: 'guichet-etat-civil' };
const HOUR_MS = 3_600_000;

let server: TestApp;
let person: TestPerson;
beforeEach(async () => {
  server = await openTestApp();
  person = await asPerson(server);
});
afterEach(async () => server.close());

const read = async (): Promise<Fleet> => v.parse(fleetSchema, (await person.get('/api/v1/fleet')).json());

describe('the fleet page', () => {
  it('lists every point, and a tablet once it is enrolled with a code made there', async () => {
    const empty = await read();
    expect(empty).toMatchObject({ tablets: [], quarantine: [], isDemonstration: false });
    expect(empty.points).toHaveLength(7);
    expect(empty.points.find((point) => point.pointId === 'accueil-espace-familles')).toMatchObject({
      status: 'in-preparation',
      siteName: 'Espace Familles',
    });

    const reply = await person.send('POST', '/api/v1/fleet/enrolment-codes', PLACE);
    expect(reply.statusCode).toBe(201);
    const { code, url, expiresAt } = v.parse(enrolmentCodeReplySchema, reply.json());
    expect(code).toMatch(/^[B-DF-HJ-NP-TV-XZ]{5}-[B-DF-HJ-NP-TV-XZ]{5}$/);
    expect(url).toMatch(/^http:\/\/localhost:8080\/kiosk\/#code=[\w-]{22}$/);
    expect(expiresAt > '2026-11-23T09:00:00.000Z').toBe(true);
    await DemoTablet.enrol(server.app, code);
    const [tablet] = (await read()).tablets;
    expect(tablet).toMatchObject({
      pointName: 'Guichet de l’état civil',
      serviceName: 'État civil',
      isSilent: false,
      revokedAt: null,
      missingCount: 0,
    });
  });

  it('makes no code for a point that is not there', async () => {
    for (const place of [
      { ...PLACE, pointId: 'nowhere' },
      { ...PLACE, organisationId: 'ccas-de-libourne' },
    ])
      expect((await person.send('POST', '/api/v1/fleet/enrolment-codes', place)).statusCode).toBe(404);
    const wrong = await person.send('POST', '/api/v1/fleet/enrolment-codes', { pointId: 'x' });
    expect(wrong.json()).toMatchObject({ code: 'unprocessable', errors: [{ field: 'organisationId' }] });
  });

  it('calls a tablet silent when its reception was open for an hour without it, not over night', async () => {
    const { enrolmentId } = await openReception(server, VILLE, 'guichet-etat-civil', { closes: true });
    const isSilent = async () => (await read()).tablets[0]?.isSilent;
    // Seen on Monday at 17:20; the counter closes at 17:30 and opens on Tuesday at 8:30.
    await server.deps.store.db
      .updateTable('enrolments')
      .set({ last_seen_at: '2026-11-23T16:20:00.000Z' })
      .execute();
    const until = async (iso: string) => {
      server.clock.nowMs = Date.parse(iso);
      person = await asPerson(server);
      return isSilent();
    };
    expect(await until('2026-11-24T07:30:00.000Z')).toBe(false);
    expect(await until('2026-11-24T08:15:00.000Z')).toBe(false);
    expect(await until('2026-11-24T09:00:00.000Z')).toBe(true);
    await person.send('POST', `/api/v1/fleet/enrolments/${VILLE}/${enrolmentId}/revocation`, {});
    expect(await isSilent()).toBe(false);
  });

  it('takes a tablet out of service at once, and for good', async () => {
    const hall = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    const url = `/api/v1/fleet/enrolments/${VILLE}/${hall.enrolmentId}/revocation`;
    await hall.receive({ day: '2026-11-20', levels: { 'very-satisfied': 1 } });
    expect((await person.send('POST', url, {})).statusCode).toBe(204);
    await expect(hall.receive({ day: '2026-11-20', levels: { 'very-satisfied': 1 } })).rejects.toThrow(
      'device-revoked',
    );
    const revokedAt = (await read()).tablets[0]?.revokedAt;
    server.clock.advance(60_000);
    expect((await person.send('POST', url, {})).statusCode).toBe(204);
    expect((await read()).tablets[0]?.revokedAt).toBe(revokedAt);
    const unknown = url.replace(hall.enrolmentId, 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa');
    expect((await person.send('POST', unknown, {})).statusCode).toBe(404);
  });

  it('counts what is missing, and shows the outline of what could not be understood, never its words', async () => {
    const { enrolmentId } = await openReception(server, VILLE, 'accueil-hotel-de-ville');
    const { db } = server.deps.store;
    await db.updateTable('enrolments').set({ high_water_mark: 10, largest_sequence: 15 }).execute();
    await db
      .insertInto('early_arrivals')
      .values([12, 15].map((sequence) => ({ organisation_id: VILLE, enrolment_id: enrolmentId, sequence })))
      .execute();
    await db
      .insertInto('quarantine')
      .values({
        organisation_id: VILLE,
        quarantine_id: 'q-1',
        enrolment_id: enrolmentId,
        content_hash: Buffer.from('x'),
        response_id: null,
        sequence: 11,
        received_at: '2026-11-20T09:00:00.000Z',
        reason: 'surveyVersionId: unknown',
        body: '{"mot":"é secret"}',
      })
      .execute();
    const reply = await person.get('/api/v1/fleet');
    expect(v.parse(fleetSchema, reply.json())).toMatchObject({
      tablets: [{ highWaterMark: 10, missingCount: 3 }],
      quarantine: [
        { pointName: 'Accueil de l’Hôtel de Ville', reason: 'surveyVersionId: unknown', bodyBytes: 19 },
      ],
    });
    expect(reply.body).not.toContain('secret');
  });

  it('does not call made-up tablets silent', async () => {
    await openReception(server, VILLE, 'accueil-hotel-de-ville');
    await server.deps.store.db.updateTable('enrolments').set({ is_demonstration: 1 }).execute();
    server.clock.advance(3 * HOUR_MS);
    person = await asPerson(server);
    expect((await read()).tablets[0]?.isSilent).toBe(false);
  });
});
