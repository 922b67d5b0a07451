import { expect, it } from 'vitest';
import { anAssignment } from '../visit/staged-kiosk.ts';
import { closedAt } from './closed.ts';

const { point } = anAssignment();
const OFFICE = [
  { from: '08:30', to: '12:30' },
  { from: '13:30', to: '17:30' },
];
const town = anAssignment({
  point: { ...point, openingHours: { weekly: { 1: OFFICE, 2: OFFICE }, closedOn: ['2026-11-30'] } },
});
/** In Libourne, one hour ahead of UTC in November. */
const at = (local: string) => Date.parse(`${local}:00+01:00`);

it.each([
  ['2026-11-24T08:29', '2026-11-24', '08:30'],
  ['2026-11-24T12:30', '2026-11-24', '13:30'],
  // Monday the 30th is closed.
  ['2026-11-24T17:30', '2026-12-01', '08:30'],
])('is closed at %s, until %s at %s', (now, date, from) => {
  expect(closedAt(town, at(now))?.opening).toEqual({ date, from });
});

it.each(['2026-11-24T08:30', '2026-11-24T12:29', '2026-11-24T17:29'])('is open at %s', (now) => {
  expect(closedAt(town, at(now))).toBeNull();
});

it('is never closed where nobody has said when it is open', () => {
  for (const weekly of [{}, { 1: [] }])
    expect(
      closedAt(anAssignment({ point: { ...point, openingHours: { weekly } } }), at('2026-11-29T03:00')),
    ).toBeNull();
});
