import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const SHEET = readFileSync(new URL('../docs/guide-installation.md', import.meta.url), 'utf8').replaceAll(
  /[\u00a0\u202f]/g,
  ' ',
);

describe('the installation sheet', () => {
  it('T17 tells every measure of the place where the tablet stands', () => {
    const measures = [
      /Centre de l’écran .*entre 800 et 1 100 mm/,
      /Bord haut .*1 220 mm au plus/,
      /Bord bas .*380 mm au moins/,
      /1 015 mm du sol/,
      /760 mm × 1 220 mm/,
      /reflet/,
      /1 m au moins, ou filtre/,
    ];
    expect(measures.filter((measure) => !measure.test(SHEET))).toEqual([]);
  });
});
