import { expect, it } from 'vitest';
import { chartCsv } from './chart-csv.ts';
import { chartFileName } from './chart-file.ts';

it('is called after what it is of, what it shows and when', () => {
  expect(
    chartFileName(
      'État civil',
      'Semaine 47\u00a0: hors des limites habituelles, au-dessous de ce que l’on voit d’ordinaire.',
      '2026-W47',
    ),
  ).toBe('parvis-etat-civil-semaine-47-hors-des-limites-habituelles-au-dessous-de-ce-que-2026-w47');
});

it('gives its data as French Excel opens them, and what is not told as an empty cell', () => {
  const csv = chartCsv({
    columns: [
      { name: 'Jour', kind: 'day' },
      { name: 'Part (%)', kind: 'share' },
      { name: 'Base', kind: 'count' },
      { name: 'Note', kind: 'decimal' },
      { name: 'Mot', kind: 'text' },
    ],
    rows: [
      ['2026-11-24', 0.9044, 1234, -0.5, '=1+1'],
      ['2026-11-25', null, 3, null, 'dit « "oui" »; puis non'],
    ],
  });
  expect(csv).toBe(
    [
      '\uFEFF"Jour";"Part (%)";"Base";"Note";"Mot"',
      '"24/11/2026";"90,4";"1234";"-0,5";"\'=1+1"',
      '"25/11/2026";"";"3";"";"dit « ""oui"" »; puis non"',
      '',
    ].join('\r\n'),
  );
});
