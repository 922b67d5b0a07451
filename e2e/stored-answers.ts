import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { INTEGRITY_FLAGS } from '../domain/integrity.ts';
import { firstDay, lastDay, parsePeriod } from '../domain/periods.ts';
import type { TestServer } from './server-process.ts';

/** A response as the server keeps it. */
export interface StoredAnswer {
  readonly responseId: string;
  /** Of its tablet. */
  readonly sequence: number;
  readonly disposition: 'complete' | 'partial';
  readonly language: string;
  readonly channel: string;
  readonly pointId: string;
  /** Code by item. */
  readonly codes: Readonly<Record<string, string>>;
  /** What was typed, opened; null when nothing was. */
  readonly text: string | null;
  readonly flags: readonly string[];
}

const ARRIVES_WITHIN_MS = 30_000;
/** Time for a second copy to arrive, if anything sent one. */
const STRAY_WITHIN_MS = 300;

interface Row {
  readonly response_id: string;
  readonly sequence: number;
  readonly disposition: 'complete' | 'partial';
  readonly language: string;
  readonly channel: string;
  readonly point_id: string;
  readonly answers: string;
  readonly flags: string;
  readonly text: string | null;
}

/** Reads the database file itself, beside the running server. */
export function storedAnswers({ dataDir }: TestServer): readonly StoredAnswer[] {
  const rows = readRows<Row>(
    dataDir,
    `select r.response_id, r.sequence, r.disposition, r.language, r.channel, r.point_id, r.answers, r.flags, v.text
       from responses r
       left join verbatims v on v.organisation_id = r.organisation_id and v.response_id = r.response_id
      order by r.response_id`,
  );
  return rows.map((row) => ({
    responseId: row.response_id,
    sequence: row.sequence,
    disposition: row.disposition,
    language: row.language,
    channel: row.channel,
    pointId: row.point_id,
    codes: codesOf(row.answers),
    text: row.text,
    flags: JSON.parse(row.flags) as readonly string[],
  }));
}

/** How many answers are counted, by code, for the item everybody is asked: what the web view's figures are made of. */
export function countedByCode({ dataDir }: TestServer, itemId = 'GLOB'): Readonly<Record<string, number>> {
  const rows = readRows<{ code: string; count: number }>(
    dataDir,
    `select code, sum(count) as count from tallies where item_id = '${itemId}' and grain = 'day' group by code`,
  );
  return Object.fromEntries(rows.filter((row) => row.count > 0).map((row) => [row.code, row.count]));
}

/** The same, apart by the way they came. */
export function countedByChannel(
  { dataDir }: TestServer,
  itemId = 'GLOB',
): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const rows = readRows<{ channel: string; code: string; count: number }>(
    dataDir,
    `select channel, code, sum(count) as count from tallies
      where item_id = '${itemId}' and grain = 'day' group by channel, code`,
  );
  const counted: Record<string, Record<string, number>> = {};
  for (const { channel, code, count } of rows) counted[channel] = { ...counted[channel], [code]: count };
  return counted;
}

/** The answers that arrive from now on. */
export interface ArrivingAnswers {
  /** Waits until so many have arrived, looks again a moment later that there are not too many, and gives them. */
  onceThereAre(count: number, withinMs?: number): Promise<readonly StoredAnswer[]>;
  /** Those there are at this moment. */
  now(): readonly StoredAnswer[];
}

/** Begins to watch a server's database for new answers. */
export function watchAnswers(server: TestServer): ArrivingAnswers {
  const before = new Set(storedAnswers(server).map(({ responseId }) => responseId));
  const now = () => storedAnswers(server).filter(({ responseId }) => !before.has(responseId));
  return {
    now,
    onceThereAre: async (count, timeout = ARRIVES_WITHIN_MS) => {
      await expect.poll(() => now().length, { timeout, interval: 50 }).toBeGreaterThanOrEqual(count);
      await new Promise((resolve) => setTimeout(resolve, STRAY_WITHIN_MS));
      expect(now()).toHaveLength(count);
      return now();
    },
  };
}

/** How many answers of an ISO week (`2026-W47`) stand in the figures of each service in use, by the service's name: those of the database that nothing sets aside. */
export function storedCounts({ dataDir }: TestServer, week: string): Readonly<Record<string, number>> {
  const parsed = parsePeriod(week);
  if (!parsed.ok) throw new Error(`"${week}" is no period.`);
  const rows = readRows<{ name: string; count: number }>(
    dataDir,
    `select s.name, count(r.response_id) as count
       from services s
       left join responses r on r.organisation_id = s.organisation_id and r.service_id = s.service_id
        and r.is_counted = 1
        and not exists (select 1 from json_each(r.flags) where value in (${INTEGRITY_FLAGS.map((flag) => `'${flag}'`).join()})) and r.local_date between '${firstDay(parsed.value)}' and '${lastDay(parsed.value)}'
      where s.status = 'active'
      group by s.organisation_id, s.service_id`,
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** How many entries the server could not take for an answer. */
export function quarantined({ dataDir }: TestServer): number {
  return readRows<{ count: number }>(dataDir, 'select count(*) as count from quarantine')[0]?.count ?? 0;
}

function readRows<Found>(dataDir: string, query: string): readonly Found[] {
  const database = new Database(join(dataDir, 'parvis.sqlite'), { readonly: true });
  try {
    return database.prepare(query).all() as Found[];
  } finally {
    database.close();
  }
}

function codesOf(json: string): Readonly<Record<string, string>> {
  const answers = JSON.parse(json) as readonly { itemId: string; code?: string; codes?: string[] }[];
  return Object.fromEntries(answers.map(({ itemId, code, codes }) => [itemId, code ?? codes?.join() ?? '']));
}
