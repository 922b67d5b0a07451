import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf } from '../../domain/weeks.ts';
import type { CalendarMarks } from '../../protocol/calendar.ts';
import type { ServiceDetail } from '../../protocol/scores.ts';
import { openTestApp, type TestApp } from '../test-app.ts';
import { asPerson, type TestPerson } from '../test-person.ts';
import schoolYears from './school-holidays.json' with { type: 'json' };

const VILLE = 'ville-de-libourne';
const MARKS = '/api/v1/calendar-marks';
const ELECTION = {
  firstDay: '2026-03-15',
  lastDay: '2026-03-15',
  kind: 'election',
  label: 'Élections municipales',
};

let server: TestApp;
let person: TestPerson;
beforeAll(async () => {
  server = await openTestApp();
  person = await asPerson(server, [VILLE]);
});
afterAll(async () => server.close());
beforeEach(async () => {
  await server.deps.store.db.deleteFrom('calendar_marks').execute();
});

const marks = async (who = person) => (await who.get(MARKS)).json<CalendarMarks>().marks;
const entries = async () =>
  (await person.get(`/api/v1/scores/services/${VILLE}/accueil-general?period=2026-W47`)).json<ServiceDetail>()
    .calendar.entries;

describe('the calendar beside a trend', () => {
  it('holds public and school holidays, and what the team has marked, in the order of time', async () => {
    expect((await person.send('POST', `${MARKS}/${VILLE}`, ELECTION)).statusCode).toBe(204);
    const found = await entries();
    expect(found.filter(({ kind }) => kind === 'election')).toEqual([ELECTION]);
    expect(found.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Lundi de Pâques', 'Vacances d’hiver', 'Armistice 1918']),
    );
    const days = found.map(({ firstDay }) => firstDay);
    expect(days).toEqual(days.toSorted());
    expect(days.every((day) => day <= '2026-11-22')).toBe(true);
  });

  it('signs a mark, and lets it be taken away', async () => {
    await person.send('POST', `${MARKS}/${VILLE}`, ELECTION);
    const [mark, ...others] = await marks();
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ ...ELECTION, createdAt: '2026-11-23T09:00:00.000Z' });
    expect(mark?.createdBy).not.toBe('');
    expect((await person.send('DELETE', `${MARKS}/${VILLE}/${mark?.markId}`)).statusCode).toBe(204);
    expect(await marks()).toEqual([]);
    expect((await person.send('DELETE', `${MARKS}/${VILLE}/${mark?.markId}`)).statusCode).toBe(404);
  });

  it.each([
    [{ ...ELECTION, lastDay: '2026-03-14' }, VILLE, 422],
    [{ ...ELECTION, firstDay: '2026-02-30' }, VILLE, 422],
    [{ ...ELECTION, label: '  ' }, VILLE, 422],
    [{ ...ELECTION, kind: 'public-holiday' }, VILLE, 422],
    [ELECTION, 'ccas-de-libourne', 404],
  ])('refuses a mark that cannot be: %o at %s', async (body, organisation, status) => {
    expect((await person.send('POST', `${MARKS}/${organisation}`, body)).statusCode).toBe(status);
    expect(await marks()).toEqual([]);
  });

  it('keeps each organisation’s marks to itself', async () => {
    const neighbour = await asPerson(server, ['ccas-de-libourne']);
    await neighbour.send('POST', `${MARKS}/ccas-de-libourne`, ELECTION);
    const [mark] = await marks(neighbour);
    expect(await marks()).toEqual([]);
    expect((await entries()).some(({ kind }) => kind === 'election')).toBe(false);
    for (const organisation of [VILLE, 'ccas-de-libourne'])
      expect((await person.send('DELETE', `${MARKS}/${organisation}/${mark?.markId}`)).statusCode).toBe(404);
  });
});

describe('the file of school holidays', () => {
  it('is in order, begins on Saturdays, and says where it ends', () => {
    const { spans, knownFrom, knownUntil } = schoolYears;
    for (const [index, { firstDay, lastDay }] of spans.entries()) {
      expect(daysBetween(firstDay, lastDay)).toBeGreaterThan(12);
      expect(weekdayOf(firstDay)).toBe(6);
      expect(firstDay > (spans[index - 1]?.lastDay ?? '')).toBe(true);
    }
    // Holidays end on the Sunday before school begins, but for the summer's.
    for (const { lastDay, label } of spans)
      if (label !== 'Vacances d’été') expect(weekdayOf(addDays(lastDay, 1))).toBe(1);
    expect([spans[0]?.firstDay, spans.at(-1)?.lastDay]).toEqual([knownFrom, knownUntil]);
  });
});
