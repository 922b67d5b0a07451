import { expect, it } from 'vitest';
import { changeOfService } from './change.ts';

const WEEK = '2026-W47';
const RUN = { finding: { kind: 'run', direction: 'up', length: 9 }, last: { week: WEEK } } as const;
const STABLE = { finding: { kind: 'stable' }, last: { week: WEEK } } as const;

it('is the move of the period where chance does not explain it', () => {
  const signal = { kind: 'signal', direction: 'down', p: 0.002 } as const;
  expect(changeOfService({ signal, chart: RUN }, WEEK)).toEqual({ kind: 'signal', direction: 'down' });
});

it('is what the chart says of the same week, and of no other', () => {
  const signal = { kind: 'not-enough' } as const;
  expect(changeOfService({ signal, chart: RUN }, WEEK)).toEqual({ kind: 'signal', direction: 'up' });
  expect(changeOfService({ signal, chart: STABLE }, WEEK)).toEqual({ kind: 'no-signal' });
  expect(changeOfService({ signal, chart: RUN }, '2026-W48')).toEqual({ kind: 'not-enough' });
  expect(changeOfService({ signal, chart: null }, WEEK)).toEqual({ kind: 'not-enough' });
});
