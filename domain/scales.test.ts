import { describe, expect, test } from 'vitest';
import { isScaleCode, NOT_APPLICABLE, SCALE_IDS, scaleOf } from './scales.ts';

describe.each(SCALE_IDS)('the %s scale', (scaleId) => {
  const { points } = scaleOf(scaleId);

  test('runs from 100 to 0 at equal distances, best first', () => {
    points.forEach((point, index) => {
      expect(point.score).toBeCloseTo(100 - (100 * index) / (points.length - 1), 10);
    });
  });

  test('has different codes, none of which is « non concerné »', () => {
    expect(new Set(points.map((point) => point.code)).size).toBe(points.length);
    expect(points.some((point) => point.code === NOT_APPLICABLE)).toBe(false);
  });

  test('counts the best points as satisfied, and neither all nor none of them', () => {
    const satisfied = points.map((point) => point.isSatisfied);
    expect(satisfied).toEqual([...satisfied].sort((a, b) => Number(b) - Number(a)));
    expect(satisfied[0]).toBe(true);
    expect(satisfied.at(-1)).toBe(false);
  });

  test('counts no middle point as satisfied', () => {
    expect(points.filter((point) => point.score <= 50 && point.isSatisfied)).toEqual([]);
  });

  test('takes its own codes and « non concerné », and nothing else', () => {
    for (const { code } of points) expect(isScaleCode(scaleId, code)).toBe(true);
    expect(isScaleCode(scaleId, NOT_APPLICABLE)).toBe(true);
    for (const code of ['', 'VERY-SATISFIED', 'toString', '11', '-1', '05'])
      expect(isScaleCode(scaleId, code)).toBe(false);
  });
});

test('counts the two best of four (in both wordings), of five and of eleven points as satisfied, and one of two', () => {
  const satisfied = SCALE_IDS.map(
    (scaleId) => scaleOf(scaleId).points.filter((point) => point.isSatisfied).length,
  );
  expect(satisfied).toEqual([2, 2, 2, 1, 2]);
});

test('codes are an identity that stored answers keep for ever', () => {
  expect(SCALE_IDS).toEqual(['four-level', 'four-level-agreement', 'five-level', 'yes-no', 'zero-to-ten']);
  expect(scaleOf('four-level').points.map((point) => point.code)).toEqual([
    'very-satisfied',
    'fairly-satisfied',
    'fairly-dissatisfied',
    'very-dissatisfied',
  ]);
  expect(scaleOf('four-level-agreement').points).toEqual(scaleOf('four-level').points);
  expect(scaleOf('five-level').points.map((point) => point.code)).toEqual([
    'very-satisfied',
    'fairly-satisfied',
    'neither',
    'fairly-dissatisfied',
    'very-dissatisfied',
  ]);
  expect(scaleOf('yes-no').points.map((point) => point.code)).toEqual(['yes', 'no']);
  expect(
    scaleOf('zero-to-ten')
      .points.map((point) => point.code)
      .join(' '),
  ).toBe('10 9 8 7 6 5 4 3 2 1 0');
});
