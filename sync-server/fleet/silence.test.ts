import { expect, it } from 'vitest';
import { isSilent } from './silence.ts';

const HOURS = {
  weekly: {
    1: [
      { from: '08:30', to: '12:30' },
      { from: '13:30', to: '17:30' },
    ],
    2: [{ from: '08:30', to: '17:30' }],
  },
  closedOn: ['2026-11-24'],
};
/** Instants in winter, written as the clock in Libourne shows them. */
const at = (local: string) => Date.parse(`2026-11-${local}+01:00`);

it.each([
  ['half an hour of opening', '23T09:00', '23T09:30', false],
  ['two hours of opening', '23T09:00', '23T11:00', true],
  ['a lunch break and ten minutes', '23T12:25', '23T13:40', false],
  ['the night before the opening', '22T17:00', '23T08:40', false],
  ['the night, and an hour and a half of opening', '22T17:00', '23T10:00', true],
  ['a day it was closed', '23T17:25', '24T17:00', false],
  ['the rest of a week', '23T09:00', '29T12:00', true],
])('tells a tablet silent after an hour of opening: %s', (_what, lastSeen, now, silent) => {
  expect(isSilent(at(lastSeen), at(now), HOURS, 'Europe/Paris')).toBe(silent);
});
