import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPromises } from './check-promises.mjs';
import { judgePromises, readFigures } from './promise-table.mjs';
import { promisesPage } from './promises-page.mjs';

const CUTS = { test: 'T4', figures: { cuts: 25, acknowledged: 250_000, lost: 0, twice: 0 } };
const KILLS = { test: 'T3', figures: { kills: 200, acknowledged: 100_000, lost: 0, twice: 0 } };
const CONTROL = { test: 'T4', figures: { controlCuts: 5, controlAcknowledged: 9_000, controlLost: 4_000 } };

const textOf = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n\n`).join('');

function third(...lines: Parameters<typeof judgePromises>[0]) {
  return judgePromises(lines).find(({ promise }) => promise === 'P3');
}

describe('the table of promises', () => {
  it('keeps none that nothing has shown', () => {
    const rows = judgePromises([]);
    expect(rows).toHaveLength(19);
    expect(rows.filter(({ met, figure }) => met || figure !== 'not shown')).toEqual([]);
  });

  it('keeps one whose figures and control reach the target', () => {
    expect(third(KILLS, CUTS, CONTROL)).toMatchObject({
      met: true,
      figure: '0 of 100,000 over 200 kills; 0 of 250,000 over 25 cuts',
      control: 'synchronous NORMAL: 4,000 of 9,000 lost over 5 cuts',
    });
  });

  it.each([
    ['without its control', [KILLS, CUTS]],
    [
      'with a control that lost nothing',
      [KILLS, CUTS, { ...CONTROL, figures: { ...CONTROL.figures, controlLost: 0 } }],
    ],
    ['at a smaller count', [KILLS, { ...CUTS, figures: { ...CUTS.figures, cuts: 3 } }, CONTROL]],
    ['with one lost', [KILLS, { ...CUTS, figures: { ...CUTS.figures, lost: 1 } }, CONTROL]],
    ['with a failed test', [KILLS, { ...CUTS, passed: false }, CONTROL]],
  ])('does not keep it %s', (_how, lines) => {
    expect(third(...lines)?.met).toBe(false);
  });

  it('does not take a requirement’s number for a fault’s', () => {
    const file = 'e2e/requirements-time.spec.ts';
    const updates = Array.from({ length: 12 }, () => ({ test: 'T16', figures: {}, passed: true, file }));
    const twelfth = (lines: typeof updates) => judgePromises(lines).find(({ promise }) => promise === 'P12');
    expect(twelfth(updates)?.met).toBe(false);
    expect(twelfth(updates.map((line) => ({ ...line, file: 'e2e/update.spec.ts' })))?.met).toBe(true);
  });

  it('reads one figure a line', () => {
    expect(readFigures(textOf([CUTS, KILLS]))).toEqual([CUTS, KILLS]);
  });

  it('tells the last try of a test, and what the night has shown in place of the day', () => {
    const file = 'e2e/killed.spec.ts';
    const first = { test: 'T1', figures: { kills: 20 }, file, name: 'up, 20 times', passed: false };
    const again = { ...first, passed: true };
    const down = { ...again, name: 'down, 20 times' };
    const night = { ...again, name: 'up, 200 times', figures: { kills: 200 }, isNightly: true };
    expect(readFigures(textOf([first, again, down, KILLS]))).toEqual([again, down, KILLS]);
    expect(readFigures(textOf([night, first, again, down, KILLS]))).toEqual([night, KILLS]);
  });
});

describe('the page of promises', () => {
  const run = {
    made: '2026-11-26',
    counts: 'nightly' as const,
    machine: '2 cores',
    rows: judgePromises([KILLS, CUTS, CONTROL]),
  };
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'parvis-promises-'));
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'docs/promises.json'), JSON.stringify(run));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is taken as it was generated', () => {
    writeFileSync(join(root, 'docs/promises.md'), promisesPage(run));
    expect(checkPromises(root)).toEqual([]);
  });

  it('is refused when somebody has edited it', () => {
    writeFileSync(join(root, 'docs/promises.md'), promisesPage(run).replace('| **no** |', '| yes |'));
    expect(checkPromises(root)).toEqual([expect.stringContaining('never by hand')]);
  });
});
