import { describe, expect, it } from 'vitest';
import type { ChartEnd, ControlPoint } from '../../protocol/scores.ts';
import { contextColumns, type FigureContext, readingOfEnd, readingOfPoint } from './context-columns.ts';

const NOTHING: FigureContext = { chart: null, coverage: null, participation: null };
const cells = (changes: Partial<FigureContext> | null) => {
  const row = changes === null ? null : { ...NOTHING, ...changes };
  return Object.fromEntries(
    contextColumns<typeof row>((given) => given).map(({ name, value }) => [name, value(row)]),
  );
};
const POINT: ControlPoint = {
  week: '2026-W47',
  firstDay: '2026-11-16',
  lastDay: '2026-11-22',
  base: 40,
  share: 0.6,
  low: 0.725,
  high: 1,
  place: 'below',
  isInRun: false,
};
const chart = (finding: ChartEnd['finding']) =>
  readingOfEnd({ weeksPerPoint: 1, centre: 0.9, finding, last: POINT });

describe('what stands beside a figure in a file', () => {
  it('is what the page says: the chart, the coverage, the participation', () => {
    expect(
      cells({
        chart: chart({ kind: 'outside', direction: 'down' }),
        coverage: { openMinutes: 2_700, aliveMinutes: 2_565, measuredFrom: null, gaps: [], otherGaps: 0 },
        participation: { visitors: 502, responses: 64, countedDays: 5 },
      }),
    ).toEqual({
      'Carte de contrôle': 'en dessous des limites',
      'Limite habituelle basse (%)': 0.725,
      'Limite habituelle haute (%)': 1,
      'Couverture (%)': 0.95,
      'Visiteurs comptés': 502,
      'Participation (%)': 64 / 502,
    });
    expect(cells({ chart: chart({ kind: 'run', direction: 'up', length: 9 }) })['Carte de contrôle']).toBe(
      'série de 9 au-dessus',
    );
  });

  it('is where a point of the chart stands, by itself', () => {
    expect(readingOfPoint(POINT)).toEqual({ told: 'en dessous des limites', low: 0.725, high: 1 });
    expect(readingOfPoint({ ...POINT, place: 'above', isInRun: true }).told).toBe('au-dessus des limites');
    expect(readingOfPoint({ ...POINT, place: 'inside', isInRun: true }).told).toBe(
      'dans une série du même côté',
    );
    expect(readingOfPoint({ ...POINT, place: 'inside' }).told).toBe('dans les limites');
  });

  it('is empty where nothing is known, in the line of all services, and where more answered than were counted', () => {
    expect(new Set(Object.values(cells({})))).toEqual(new Set([null]));
    expect(new Set(Object.values(cells(null)))).toEqual(new Set([null]));
    const participation = { visitors: 3, responses: 4, countedDays: 1 };
    expect(cells({ participation })).toMatchObject({ 'Visiteurs comptés': 3, 'Participation (%)': null });
  });
});
