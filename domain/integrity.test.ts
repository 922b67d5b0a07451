import { describe, expect, it } from 'vitest';
import type { ItemId } from './ids.ts';
import {
  isSetAside,
  judgeVisit,
  REMEMBERED_VISITS,
  rememberVisit,
  type IntegrityFlag,
  type TimedVisit,
} from './integrity.ts';

/** Codes given, how long the visit took, and how long after the one before it began; all in seconds. */
interface Told {
  readonly codes: string;
  readonly seconds: number;
  readonly after?: number;
}

/** A letter a rating: `aaab`. The last visit told is the one judged. */
function judged(told: readonly Told[]): readonly IntegrityFlag[] {
  let recent: readonly TimedVisit[] = [];
  let flags: readonly IntegrityFlag[] = [];
  let nowMs = 0;
  for (const { codes, seconds, after = 600 } of told) {
    const startedAtMs = nowMs + after * 1000;
    nowMs = startedAtMs + seconds * 1000;
    const answers = [...codes].map(
      (code, index) => ({ itemId: `i${index}` as ItemId, kind: 'rating', code }) as const,
    );
    const visit = { answers, startedAtMs, endedAtMs: nowMs };
    flags = judgeVisit(visit, recent);
    recent = rememberVisit(recent, visit);
  }
  return flags;
}
const times = (count: number, visit: Told): readonly Told[] => Array.from({ length: count }, () => visit);

describe('an honest visitor is not flagged', () => {
  it.each<[string, readonly Told[]]>([
    ['a child of eight who touches four faces in six seconds', [{ codes: 'aabd', seconds: 6 }]],
    ['the same face four times, the day long', times(30, { codes: 'aaaa', seconds: 9 })],
    [
      'two people one after the other, ten seconds between them',
      times(2, { codes: 'aaaa', seconds: 8, after: 10 }),
    ],
    ['two of one mind, the second right behind the first', times(2, { codes: 'aaaa', seconds: 7, after: 6 })],
    [
      'three of one mind who leave ten seconds between them',
      times(3, { codes: 'aaaa', seconds: 8, after: 10 }),
    ],
    ['four in a minute', times(4, { codes: 'abab', seconds: 5, after: 11 })],
    ['five who need more than a minute', times(5, { codes: 'a', seconds: 3, after: 13 })],
    ['one face and « Terminer » at once', [{ codes: 'a', seconds: 0 }]],
    ['a face touched twice in a hurry, and away', [{ codes: 'ab', seconds: 1 }]],
    ['both ends of the scale in turn, in one visit', [{ codes: 'adad', seconds: 8 }]],
    ['somebody who types for minutes after quick answers', [{ codes: 'aaaa', seconds: 95 }]],
  ])('%s', (_who, told) => {
    expect(judged(told)).toEqual([]);
  });
});

describe('a visit is flagged, with the reason', () => {
  it.each<[string, readonly Told[], readonly IntegrityFlag[]]>([
    [
      'begun within five seconds of the last',
      [
        { codes: 'ab', seconds: 6 },
        { codes: 'ab', seconds: 6, after: 4.9 },
      ],
      ['burst'],
    ],
    ['the fifth in a minute', times(5, { codes: 'ab', seconds: 4, after: 10 }), ['burst']],
    ['four faces in three seconds', [{ codes: 'abcd', seconds: 3 }], ['speeding']],
    [
      'the same face over three visits without a pause',
      times(3, { codes: 'aaa', seconds: 6, after: 7 }),
      ['straight-lining'],
    ],
    [
      'two faces in turn, over two visits without a pause',
      [
        { codes: 'abab', seconds: 8 },
        { codes: 'abab', seconds: 8, after: 6 },
      ],
      ['alternation'],
    ],
    [
      'drummed on: all that is true of it is told',
      times(6, { codes: 'aaaa', seconds: 2.4, after: 4.2 }),
      ['burst', 'speeding', 'straight-lining'],
    ],
  ])('%s', (_what, told, flags) => {
    expect(judged(told)).toEqual(flags);
  });
});

it('breaks a run where another face was touched, or where somebody took their time', () => {
  const quick = { codes: 'aaa', seconds: 6, after: 6 };
  expect(judged([quick, { ...quick, codes: 'aab' }, quick])).toEqual([]);
  expect(judged([quick, { ...quick, seconds: 30 }, quick])).toEqual([]);
  expect(judged([quick, quick, quick])).toEqual(['straight-lining']);
});

it('remembers no more visits than a rule looks at', () => {
  const visit: TimedVisit = { answers: [], startedAtMs: 0, endedAtMs: 0 };
  let recent: readonly TimedVisit[] = [];
  for (let turn = 0; turn < 20; turn += 1) recent = rememberVisit(recent, { ...visit, startedAtMs: turn });
  expect(recent).toHaveLength(REMEMBERED_VISITS);
  expect(recent.at(-1)?.startedAtMs).toBe(19);
});

it('sets aside for the reasons it knows, and for no other flag', () => {
  expect(isSetAside(['personal-data', 'burst'])).toBe(true);
  expect(isSetAside(['test-mode', 'personal-data', 'clock-uncertain', 'rafale'])).toBe(false);
  expect(isSetAside([])).toBe(false);
});
