import { describe, expect, it } from 'vitest';
import { countItem, type RawResponse } from './count.ts';
import { Ledger } from './ledger.ts';
import { main } from './main.ts';

const raw = (code: string): RawResponse => ({
  organisationId: 'ville',
  serviceId: 'accueil',
  day: '2026-11-18',
  halfDay: 'am',
  channel: 'tablet',
  isCounted: true,
  isSetAside: false,
  ratings: new Map([['GLOB.four-level', code]]),
});

it('counts a worked example as by hand', () => {
  const given = [
    ...Array<string>(44).fill('very-satisfied'),
    ...Array<string>(3).fill('very-dissatisfied'),
    'not-applicable',
  ];
  const counted = countItem(given.map(raw), 'GLOB.four-level', 0.9);
  expect(counted).toMatchObject({ base: 47, verdict: 'not-yet-demonstrated' });
  expect(counted.share).toBeCloseTo(44 / 47, 12);
  expect(counted.low).toBeCloseTo(0.82837, 5);
  expect(counted.high).toBeCloseTo(0.97805, 5);
});

it('tells a figure that is off by one answer, by a tenth, or missing', () => {
  const ledger = new Ledger();
  ledger.same('a', 47, 47);
  ledger.rounded('b', '93,6', (44 / 47) * 100);
  expect(ledger.mismatches).toEqual([]);
  ledger.same('c', 48, 47);
  ledger.rounded('d', '93,7', (44 / 47) * 100);
  ledger.rounded('e', undefined, 93.6);
  ledger.same('f', undefined, null);
  expect(ledger).toMatchObject({ figuresChecked: 6 });
  expect(ledger.mismatches).toHaveLength(4);
});

describe.runIf(process.env['PARVIS_NIGHTLY'] === '1')('a made-up year', () => {
  it('shows at every place what was counted', async () => {
    expect(await main(['--json'])).toBe(0);
  }, 300_000);

  it('is found out where one count is bent', async () => {
    expect(await main(['--json', '--plant-error'])).toBe(1);
  }, 300_000);
});
