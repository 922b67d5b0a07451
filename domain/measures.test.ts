import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  happyIndex,
  type MeasureId,
  meanOutOfTen,
  measure,
  netPromoterScore,
  netSatisfaction,
  shareSatisfied,
} from './measures.ts';
import { NOT_APPLICABLE, SCALE_IDS, type ScaleId, scaleOf } from './scales.ts';
import { baseOf, EMPTY_TALLY, mergeTallies, type Tally } from './tally.ts';

const MEASURE_IDS: readonly MeasureId[] = [
  'share-satisfied',
  'net-satisfaction',
  'mean-out-of-ten',
  'happy-index',
  'net-promoter-score',
];
const BOUNDS: Readonly<Record<MeasureId, readonly [number, number]>> = {
  'share-satisfied': [0, 1],
  'net-satisfaction': [-1, 1],
  'mean-out-of-ten': [0, 10],
  'happy-index': [0, 100],
  'net-promoter-score': [-100, 100],
};

/** A tally from counts in the scale's order, best first. */
function tallyOf(scaleId: ScaleId, counts: readonly number[]): Tally {
  return Object.fromEntries(scaleOf(scaleId).points.map((point, index) => [point.code, counts[index] ?? 0]));
}

const anyScaleId = fc.constantFrom(...SCALE_IDS);
const anyCounts = fc.array(fc.nat(500), { minLength: 11, maxLength: 11 });

describe('shareSatisfied', () => {
  test('divides by expressed answers only', () => {
    expect(shareSatisfied(scaleOf('yes-no'), { yes: 3, no: 1, [NOT_APPLICABLE]: 96 })).toBe(0.75);
  });
});

describe('netSatisfaction', () => {
  test('takes the dissatisfied from the satisfied', () => {
    expect(netSatisfaction(scaleOf('four-level'), tallyOf('four-level', [3, 3, 2, 2]))).toBeCloseTo(0.2, 12);
  });

  test('counts the middle point of five in neither, and still in the base', () => {
    expect(netSatisfaction(scaleOf('five-level'), tallyOf('five-level', [1, 1, 7, 1, 0]))).toBeCloseTo(
      0.1,
      12,
    );
  });

  test('counts only what lies below the middle as dissatisfied on 0–10', () => {
    const tally = { '10': 2, '6': 1, '5': 1, '4': 1 };
    expect(netSatisfaction(scaleOf('zero-to-ten'), tally)).toBeCloseTo(0.2, 12);
  });
});

describe('meanOutOfTen', () => {
  test('puts five levels on 10, 7.5, 5, 2.5 and 0', () => {
    const scale = scaleOf('five-level');
    const means = scale.points.map((point) => meanOutOfTen(scale, { [point.code]: 4 }));
    expect(means).toEqual([10, 7.5, 5, 2.5, 0]);
  });
});

describe('netPromoterScore', () => {
  test('takes 0–6 from 9–10 and leaves 7–8 in the base', () => {
    const tally = { '10': 3, '9': 3, '8': 1, '7': 1, '6': 1, '0': 1 };
    expect(netPromoterScore(scaleOf('zero-to-ten'), tally)).toBe(40);
  });

  test('has no value on another scale', () => {
    expect(netPromoterScore(scaleOf('four-level'), tallyOf('four-level', [9, 1, 0, 0]))).toBeNull();
  });
});

describe('every measure', () => {
  test('has no value when nobody expressed an answer', () => {
    for (const scaleId of SCALE_IDS)
      for (const measureId of MEASURE_IDS) {
        expect(measure(measureId, scaleOf(scaleId), EMPTY_TALLY)).toBeNull();
        expect(measure(measureId, scaleOf(scaleId), { [NOT_APPLICABLE]: 12, unknown: 3 })).toBeNull();
      }
  });

  test('stays within its bounds, and reaches them when all answers are the best or the worst', () => {
    fc.assert(
      fc.property(anyScaleId, anyCounts, (scaleId, counts) => {
        for (const measureId of MEASURE_IDS) {
          const value = measure(measureId, scaleOf(scaleId), tallyOf(scaleId, counts));
          if (value === null) continue;
          const [lowest, highest] = BOUNDS[measureId];
          expect(value).toBeGreaterThanOrEqual(lowest);
          expect(value).toBeLessThanOrEqual(highest);
        }
      }),
    );
    for (const measureId of MEASURE_IDS) {
      const scale = scaleOf('zero-to-ten');
      expect(measure(measureId, scale, { '10': 7 })).toBe(BOUNDS[measureId][1]);
      expect(measure(measureId, scale, { '0': 7 })).toBe(BOUNDS[measureId][0]);
    }
  });

  test('of merged tallies is the mean of the parts’ values, weighted by their bases', () => {
    fc.assert(
      fc.property(anyScaleId, anyCounts, anyCounts, (scaleId, first, second) => {
        const scale = scaleOf(scaleId);
        const parts = [tallyOf(scaleId, first), tallyOf(scaleId, second)];
        for (const measureId of MEASURE_IDS) {
          const whole = measure(measureId, scale, mergeTallies(...parts));
          if (whole === null) continue;
          const sum = parts.reduce(
            (total, part) => total + (measure(measureId, scale, part) ?? 0) * baseOf(scale, part),
            0,
          );
          expect(whole).toBeCloseTo(sum / baseOf(scale, mergeTallies(...parts)), 9);
        }
      }),
    );
  });

  test('takes no notice of « non concerné »', () => {
    fc.assert(
      fc.property(anyScaleId, anyCounts, fc.nat(500), (scaleId, counts, notApplicable) => {
        const tally = tallyOf(scaleId, counts);
        const withOthers = { ...tally, [NOT_APPLICABLE]: notApplicable, unknown: 3 };
        for (const measureId of MEASURE_IDS)
          expect(measure(measureId, scaleOf(scaleId), withOthers)).toBe(
            measure(measureId, scaleOf(scaleId), tally),
          );
      }),
    );
  });
});

test('gives different figures for the same 219 votes, which is why a screen names its measure', () => {
  const scale = scaleOf('four-level');
  const tally = tallyOf('four-level', [126, 60, 16, 17]);
  expect(shareSatisfied(scale, tally)).toBeCloseTo(0.849, 3);
  expect(happyIndex(scale, tally)).toBeCloseTo(78.2, 1);
});
