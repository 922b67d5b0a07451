import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startServer, type TestServer } from '../server-process.ts';
import { countItem, readRaw } from './count.ts';
import {
  checkEvidence,
  checkFigure,
  checkLetter,
  checkRows,
  counter,
  csvRows,
  odsRows,
  type ShownFigure,
  type ShownService,
  within,
  xlsxRows,
} from './check-places.ts';
import { Ledger } from './ledger.ts';

const WEEKS = 8;
const DAY_MS = 86_400_000;

interface Overview {
  readonly period: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly comparedPeriod: string;
  readonly services: readonly ServiceOfWeek[];
  readonly total: { readonly responses: number };
}

interface ServiceOfWeek extends ShownService {
  readonly responses: number;
  readonly setAside: { readonly responses: number };
  readonly phoneResponses: number;
  readonly unreadVerbatims: number;
  readonly figure: ShownFigure;
  readonly compared: ShownFigure;
  readonly rolling4: ShownFigure;
  readonly rolling13: ShownFigure;
}

/** Serves a made-up year, reads every place that shows figures, and holds each against raw responses. `--plant-error` bends one count first. */
export async function main(words: readonly string[]): Promise<number> {
  const server = await startServer({ isDemo: true });
  try {
    if (words.includes('--plant-error')) plantError(server.dataDir);
    const ledger = new Ledger();
    await verify(server, ledger);
    for (const mismatch of ledger.mismatches.slice(0, 20)) process.stderr.write(`${mismatch}\n`);
    const { figuresChecked, mismatches } = ledger;
    process.stdout.write(
      words.includes('--json')
        ? `${JSON.stringify({ figuresChecked, mismatches: mismatches.length })}\n`
        : `${figuresChecked} figures checked, ${mismatches.length} mismatches.\n`,
    );
    return mismatches.length === 0 && figuresChecked >= 1_000 ? 0 : 1;
  } finally {
    await server.dispose();
  }
}

async function verify(server: TestServer, ledger: Ledger): Promise<void> {
  const read = await signIn(server);
  const json = async <Body>(path: string) => JSON.parse((await read(path)).toString('utf8')) as Body;
  const { responses, unread } = readRaw(join(server.dataDir, 'parvis.sqlite'));
  const current = await json<Overview>('/api/v1/scores/overview');
  const targets = new Map(current.services.map((one) => [one.serviceId, one.target]));
  const countOf = counter(responses, ({ serviceId }) => targets.get(serviceId) ?? 0.9);

  const monday = Date.parse(current.firstDay);
  const weekOfDay = (ms: number) => json<Overview>(`/api/v1/scores/overview?period=${weekText(ms)}`);
  for (let back = 1; back <= WEEKS; back += 1) {
    const overview = await weekOfDay(monday - back * 7 * DAY_MS);
    const { period, firstDay, lastDay } = overview;
    const before = dayText(Date.parse(firstDay) - 7 * DAY_MS);
    let total = 0;
    for (const service of overview.services) {
      const place = `${period} ${service.serviceId}`;
      const scale = service.scaleId ?? '';
      const raw = within(responses, service, firstDay, lastDay);
      const clear = raw.filter(({ isSetAside }) => !isSetAside);
      if (service.status === 'active') total += clear.length;
      ledger.same(`${place} responses`, service.responses, clear.length);
      ledger.same(`${place} set aside`, service.setAside.responses, raw.length - clear.length);
      ledger.same(
        `${place} phone`,
        service.phoneResponses,
        clear.filter(({ channel }) => channel === 'phone').length,
      );
      ledger.same(`${place} unread`, service.unreadVerbatims, unread(service.serviceId, firstDay, lastDay));
      checkFigure(ledger, `${place} week`, service.figure, countOf(service, firstDay, lastDay, scale));
      checkFigure(
        ledger,
        `${place} week before`,
        service.compared,
        countOf(service, before, dayText(Date.parse(before) + 6 * DAY_MS), scale),
      );
      for (const [name, weeks] of [
        ['rolling4', 4],
        ['rolling13', 13],
      ] as const)
        checkFigure(
          ledger,
          `${place} ${name}`,
          service[name],
          countOf(service, dayText(Date.parse(firstDay) - (weeks - 1) * 7 * DAY_MS), lastDay, scale),
        );
    }
    ledger.same(`${period} total`, overview.total.responses, total);
  }

  const last = await weekOfDay(monday - 7 * DAY_MS);
  const { services, firstDay, lastDay, period } = last;
  const ofWeek = (service: ShownService) => ({
    counted: countOf(service, firstDay, lastDay, service.scaleId ?? ''),
    responses: within(responses, service, firstDay, lastDay).filter(({ isSetAside }) => !isSetAside).length,
  });
  const file = async (ending: string) => read(`/api/v1/exports/overview.${ending}?period=${period}`);
  checkRows(ledger, 'csv', csvRows((await file('csv')).toString('utf8')), services, ofWeek);
  checkRows(ledger, 'xlsx', await xlsxRows(await file('xlsx')), services, ofWeek);
  checkRows(ledger, 'ods', odsRows(await file('ods')), services, ofWeek);
  const active = services.filter(({ status }) => status === 'active');
  checkLetter(ledger, (await read('/api/v1/weekly-letter/preview.txt')).toString('utf8'), active, ofWeek);

  await verifyHalfDays(json, ledger, responses, active, targets, period);
  await verifyEvidence(read, ledger, responses, active, targets);
  await verifyPublished(read, ledger, countOf, active);
}

/** The map of the week's half-days: of the 13 weeks that end with the week, weekday by weekday. What is held back must be so for a reason. */
async function verifyHalfDays(
  json: <Body>(path: string) => Promise<Body>,
  ledger: Ledger,
  responses: ReturnType<typeof readRaw>['responses'],
  active: readonly ShownService[],
  targets: ReadonlyMap<string, number>,
  period: string,
): Promise<void> {
  for (const service of active) {
    const { firstDay, lastDay, cells } = await json<{
      firstDay: string;
      lastDay: string;
      cells: { weekday: number; halfDay: string; figure: ShownFigure & { disclosure: string } }[];
    }>(`/api/v1/scores/services/${service.organisationId}/${service.serviceId}/half-days?period=${period}`);
    const clear = within(responses, service, firstDay, lastDay).filter(({ isSetAside }) => !isSetAside);
    const target = targets.get(service.serviceId) ?? 0.9;
    let heldBack = 0;
    for (const { weekday, halfDay, figure } of cells) {
      const place = `${period} ${service.serviceId} ${weekday} ${halfDay}`;
      // Sunday is 0 to a computer, and 7 to a calendar.
      const own = clear.filter(
        (one) => one.halfDay === halfDay && (new Date(`${one.day}T12:00:00Z`).getUTCDay() || 7) === weekday,
      );
      const counted = countItem(own, `GLOB.${service.scaleId}`, target);
      if (figure.disclosure === 'hidden') {
        heldBack += counted.base;
        ledger.same(`${place} base`, figure.base, counted.base);
        ledger.same(`${place} held back`, figure.counts, null);
      } else checkFigure(ledger, place, figure, counted);
    }
    ledger.same(`${period} ${service.serviceId} held back alone`, heldBack < 5 ? heldBack : 0, 0);
  }
}

async function verifyEvidence(
  read: (path: string) => Promise<Buffer>,
  ledger: Ledger,
  responses: ReturnType<typeof readRaw>['responses'],
  active: readonly ShownService[],
  targets: ReadonlyMap<string, number>,
): Promise<void> {
  const year = new Date(Date.now() - 30 * DAY_MS).getUTCFullYear();
  const items = new Map<string, { key: string; stem: string; kind: string }[]>();
  for (const service of active) {
    const detail = JSON.parse(
      (
        await read(
          `/api/v1/scores/services/${service.organisationId}/${service.serviceId}?period=${year}&compare=last-year`,
        )
      ).toString('utf8'),
    ) as {
      items: { itemId: string; scaleId: string | null; stem: string; kind: string; figure: ShownFigure }[];
    };
    for (const item of detail.items)
      if (item.kind === 'rating')
        checkFigure(
          ledger,
          `${year} ${service.serviceId} ${item.itemId}`,
          item.figure,
          itemOf(service, `${item.itemId}.${item.scaleId}`),
        );
    items.set(
      service.serviceId,
      detail.items
        .filter(({ kind }) => kind === 'rating')
        .map(({ itemId, scaleId, stem, kind }) => ({ key: `${itemId}.${scaleId}`, stem, kind })),
    );
  }
  function itemOf(service: ShownService, key: string) {
    const clear = within(responses, service, `${year}-01-01`, `${year}-12-31`).filter(
      ({ isSetAside }) => !isSetAside,
    );
    return countItem(clear, key, targets.get(service.serviceId) ?? 0.9);
  }
  checkEvidence(
    ledger,
    await read(`/api/v1/exports/evidence.pdf?period=${year}`),
    active,
    itemOf,
    (service) => items.get(service.serviceId) ?? [],
  );
}

/** What was published was the last quarter that had ended. */
async function verifyPublished(
  read: (path: string) => Promise<Buffer>,
  ledger: Ledger,
  countOf: ReturnType<typeof counter>,
  active: readonly ShownService[],
): Promise<void> {
  const today = new Date();
  const first = new Date(Date.UTC(today.getUTCFullYear(), Math.floor(today.getUTCMonth() / 3) * 3 - 3, 1));
  const end = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 3, 0));
  const [from, to] = [dayText(first.getTime()), dayText(end.getTime())];
  const page = (await read('/resultats')).toString('utf8').replaceAll(/[\u00a0\u202f]/g, ' ');
  const [, ...lines] = (await read('/resultats/donnees.csv')).toString('utf8').trimEnd().split('\r\n');
  for (const line of lines) {
    const [, , name = '', , , base, share, low, high] = line
      .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
      .map((cell) => cell.replaceAll('"', ''));
    const service = active.find(({ serviceName }) => serviceName === name);
    if (service === undefined) {
      ledger.same(`open data ${name}`, name, null);
      continue;
    }
    const counted = countOf(service, from, to, service.scaleId ?? '');
    ledger.same(`open data ${name} base`, Number(base), counted.base);
    ledger.same(`open data ${name} share`, Number(share), counted.share);
    ledger.same(`open data ${name} low`, Number(low), counted.low);
    ledger.same(`open data ${name} high`, Number(high), counted.high);
    const [, onPage = ''] = page.split(`<h3>${name}</h3>`);
    const [, shownShare] = /class="share">([\d,]+) %/.exec(onPage) ?? [];
    const [, shownBase, shownLow, shownHigh] =
      /([\d ]+) réponses exprimées ; intervalle de confiance à 95 % : ([\d,]+) – ([\d,]+) %/.exec(onPage) ??
      [];
    ledger.rounded(`page ${name} share`, shownShare, counted.share * 100);
    ledger.same(`page ${name} base`, Number(shownBase?.replaceAll(' ', '')), counted.base);
    ledger.rounded(`page ${name} low`, shownLow, counted.low * 100);
    ledger.rounded(`page ${name} high`, shownHigh, counted.high * 100);
  }
}

/** One answer more in one week's count of one service than was ever given. */
function plantError(dataDir: string): void {
  const database = new Database(join(dataDir, 'parvis.sqlite'), { timeout: 5_000 });
  const { changes } = database
    .prepare(
      `update tallies set count = count + 1 where (organisation_id, service_id, starts_on) = (
        select organisation_id, service_id, max(starts_on) from tallies
        where service_id = 'accueil-general' and grain = 'week' and item_id = 'GLOB'
          and starts_on < date('now', '-7 days'))
        and grain = 'week' and item_id = 'GLOB' and integrity = 'clear' and code = 'very-satisfied'`,
    )
    .run();
  database.close();
  if (changes !== 1) throw new Error(`The error could not be planted: ${changes} counts were changed.`);
}

async function signIn(server: TestServer): Promise<(path: string) => Promise<Buffer>> {
  const token = new URLSearchParams(new URL(await server.createSignInLink()).hash.slice(1)).get('link');
  const redeemed = await fetch(`${server.origin}/api/v1/sign-in-link-redemptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin },
    body: JSON.stringify({ token }),
  });
  if (redeemed.status !== 201) throw new Error(`Nobody could sign in: ${await redeemed.text()}`);
  const cookie = redeemed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return async (path) => {
    const reply = await fetch(`${server.origin}${path}`, { headers: { cookie } });
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return Buffer.from(await reply.arrayBuffer());
  };
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The ISO week of a Monday. */
function weekText(mondayMs: number): string {
  const thursday = new Date(mondayMs + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(number).padStart(2, '0')}`;
}
