import { readXlsx } from 'hucre';
import { readOds } from 'odf-kit/ods-reader';
import { readPdf } from '../../sync-server/evidence/test-read-pdf.ts';
import { countItem, type Counted, type RawResponse } from './count.ts';
import type { Ledger } from './ledger.ts';

/** What one service's raw responses of some days come to. */
export type CountOf = (service: Place, from: string, to: string, scaleId: string) => Counted;
export interface Place {
  readonly organisationId: string;
  readonly serviceId: string;
}
export interface ShownService extends Place {
  readonly serviceName: string;
  readonly status: string;
  readonly target: number;
  readonly scaleId: string | null;
}
export interface ShownFigure {
  readonly base: number;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly measures: Readonly<Record<string, number | null>> | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly verdict: string | null;
}

/** Below these the rules of small bases tell less, each in its turn. */
const HIDDEN_BELOW = 5;
const COUNTS_ONLY_BELOW = 11;
const COMPARABLE_FROM = 30;
const VERDICTS = {
  reached: 'atteint',
  'not-reached': 'non atteint',
  'not-yet-demonstrated': 'pas encore démontré',
};

/** A figure of the API, whole: what it tells must be what was counted, and what it must not tell it must not. */
export function checkFigure(ledger: Ledger, place: string, shown: ShownFigure, counted: Counted): void {
  ledger.same(`${place} base`, shown.base, counted.base);
  if (counted.base < HIDDEN_BELOW) {
    ledger.same(`${place} counts`, shown.counts, null);
    return;
  }
  for (const [code, count] of Object.entries(counted.counts))
    ledger.same(`${place} ${code}`, shown.counts?.[code] ?? null, count);
  if (counted.base < COUNTS_ONLY_BELOW) {
    ledger.same(`${place} share`, shown.measures, null);
    return;
  }
  ledger.same(`${place} share`, shown.measures?.['shareSatisfied'], counted.share);
  ledger.same(`${place} net`, shown.measures?.['netSatisfaction'], counted.net);
  ledger.same(`${place} mean`, shown.measures?.['meanOutOfTen'], counted.mean);
  ledger.same(`${place} index`, shown.measures?.['happyIndex'], counted.index);
  ledger.same(`${place} low`, shown.interval?.low, counted.low);
  ledger.same(`${place} high`, shown.interval?.high, counted.high);
  ledger.same(`${place} verdict`, shown.verdict, counted.base < COMPARABLE_FROM ? null : counted.verdict);
}

/** The responses of some days that stand in the figures. */
export function within(
  responses: readonly RawResponse[],
  { organisationId, serviceId }: Place,
  from: string,
  to: string,
) {
  return responses.filter(
    (one) =>
      one.organisationId === organisationId &&
      one.serviceId === serviceId &&
      one.isCounted &&
      one.day >= from &&
      one.day <= to,
  );
}

/** What raw responses say of a service's global item. */
export function counter(responses: readonly RawResponse[], target: (service: Place) => number): CountOf {
  return (service, from, to, scaleId) =>
    countItem(
      within(responses, service, from, to).filter(({ isSetAside }) => !isSetAside),
      `GLOB.${scaleId}`,
      target(service),
    );
}

/** A file of the week, in any format, by the headings of its columns. */
export function checkRows(
  ledger: Ledger,
  format: string,
  [headings = [], ...rows]: readonly (readonly unknown[])[],
  services: readonly ShownService[],
  countedOf: (service: ShownService) => { readonly counted: Counted; readonly responses: number },
): void {
  services.forEach((service, index) => {
    const { counted, responses } = countedOf(service);
    const cell = (heading: string) => rows[index]?.[headings.indexOf(heading)];
    const place = `${format} ${service.serviceId}`;
    ledger.same(`${place} name`, cell('Service'), service.serviceName);
    ledger.same(`${place} responses`, Number(cell('Réponses')), responses);
    ledger.same(`${place} base`, Number(cell('Réponses exprimées')), counted.base);
    if (counted.base < COUNTS_ONLY_BELOW) {
      ledger.same(`${place} share`, cell('Part de satisfaits (%)') || null, null);
      return;
    }
    const percentages = {
      'Part de satisfaits (%)': counted.share * 100,
      'Intervalle à 95 %, bas (%)': counted.low * 100,
      'Intervalle à 95 %, haut (%)': counted.high * 100,
      'Satisfaction nette (points)': counted.net * 100,
      'Moyenne sur 10': counted.mean,
      'Indice de satisfaction sur 100': counted.index,
    };
    for (const [heading, value] of Object.entries(percentages)) {
      const shown = cell(heading);
      if (typeof shown === 'number') ledger.same(`${place} ${heading}`, shown, value);
      else ledger.rounded(`${place} ${heading}`, typeof shown === 'string' ? shown : undefined, value);
    }
  });
}

/** Semicolons, quotes all around, one sheet. */
export function csvRows(text: string): readonly (readonly string[])[] {
  return text
    .replace('\uFEFF', '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/"((?:[^"]|"")*)"(?:;|$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
    );
}

export async function xlsxRows(bytes: Uint8Array): Promise<readonly (readonly unknown[])[]> {
  return (await readXlsx(bytes)).sheets.find(({ name }) => name === 'Services')?.rows ?? [];
}

export function odsRows(bytes: Uint8Array): readonly (readonly unknown[])[] {
  const sheet = readOds(bytes).sheets.find(({ name }) => name === 'Services');
  return (sheet?.rows ?? []).map(({ cells }) => cells.map(({ value }) => value));
}

/** The letter of Monday, as text. */
export function checkLetter(
  ledger: Ledger,
  text: string,
  services: readonly ShownService[],
  countedOf: (service: ShownService) => { readonly counted: Counted },
): void {
  const plain = text.replaceAll(/[\u00a0\u202f]/g, ' ');
  for (const service of services) {
    const { counted } = countedOf(service);
    const [, part = ''] = plain.split(`\n${service.serviceName}\n`);
    const place = `letter ${service.serviceId}`;
    if (counted.base < COUNTS_ONLY_BELOW) {
      ledger.same(place, /\d % de satisfaits \[/.test(part.split('\n')[0] ?? ''), false as unknown as null);
      continue;
    }
    const [, share, low, high, base] =
      /^([\d,]+) % de satisfaits \[([\d,]+) – ([\d,]+) %\], ([\d ]+) réponse/.exec(part) ?? [];
    ledger.rounded(`${place} share`, share, counted.share * 100);
    ledger.rounded(`${place} low`, low, counted.low * 100);
    ledger.rounded(`${place} high`, high, counted.high * 100);
    ledger.same(`${place} base`, Number(base?.replaceAll(' ', '')), counted.base);
  }
}

/** The evidence file: each line of its tables of questions, read back from the document. */
export function checkEvidence(
  ledger: Ledger,
  bytes: Buffer,
  services: readonly ShownService[],
  countedOf: (service: ShownService, item: string) => Counted | null,
  itemsOf: (service: ShownService) => readonly { readonly key: string; readonly stem: string }[],
): void {
  const { pages } = readPdf(bytes);
  const text = pages
    .flat()
    .join(' ')
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .replaceAll('- ', '-');
  for (const service of services) {
    // Its own pages come after the ones that list every service.
    const start = text.lastIndexOf(` ${service.serviceName} `);
    for (const { key, stem } of itemsOf(service)) {
      const counted = countedOf(service, key);
      if (counted === null || counted.base < COUNTS_ONLY_BELOW) continue;
      const wanted = stem.replaceAll(/[\s\u00a0]+/g, ' ');
      const after = text.slice(text.indexOf(wanted, start) + wanted.length);
      const [, base, share, low, high, verdict] =
        /^ ([\d ]+?) ([\d]+,\d) % ([\d,]+) – ([\d,]+) % (atteint|non atteint|pas encore démontré|–)/.exec(
          after,
        ) ?? [];
      const place = `evidence ${service.serviceId} ${key}`;
      ledger.same(`${place} base`, Number(base?.replaceAll(' ', '')), counted.base);
      ledger.rounded(`${place} share`, share, counted.share * 100);
      ledger.rounded(`${place} low`, low, counted.low * 100);
      ledger.rounded(`${place} high`, high, counted.high * 100);
      ledger.same(
        `${place} verdict`,
        verdict,
        counted.base < COMPARABLE_FROM ? '–' : VERDICTS[counted.verdict],
      );
    }
  }
}
