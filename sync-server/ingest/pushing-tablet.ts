import { connect } from 'node:net';
import type { Entry, PushReply } from '../../protocol/push.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { anEntry, aPush } from './a-push.ts';
import { enrolAtTownHall } from './enrol-over-http.ts';
import { recount } from './recount.ts';

const RETRY_MS = 15;

/** What a test that kills servers does between two looks. */
export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A tablet that offers the same entries until they are acknowledged, then the next; for tests that take its server away. */
export class PushingTablet {
  readonly acknowledged: Entry['responseId'][] = [];
  /** Entries sent whose verdict never came, so that they were sent again. */
  resent = 0;
  /** How long each push took that was acknowledged. */
  readonly tookMs: number[] = [];
  /** How often each status came back instead of an acknowledgement; 0 where nothing did. */
  readonly refusals = new Map<number, number>();
  readonly #origin: string;
  readonly #token: string;
  readonly #perPush: number;
  #sequence = 0;

  constructor(origin: string, token: string, perPush: number) {
    this.#origin = origin;
    this.#token = token;
    this.#perPush = perPush;
  }

  async pushUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const entries = Array.from({ length: this.#perPush }, () =>
        anEntry((this.#sequence += 1), { answeredAt: new Date().toISOString() }),
      );
      // What has been begun is finished, or the count of entries could not be known.
      for (
        let fate = await this.#offer(entries);
        fate !== 'acknowledged';
        fate = await this.#offer(entries)
      ) {
        // What found no server at all was not sent, and is not sent again.
        if (fate === 'unanswered') this.resent += entries.length;
        await pause(RETRY_MS);
        if (fate === 'unsent') await this.#untilHeard();
      }
    }
  }

  /** Knocks until somebody listens: to make a push for nobody would keep the server that is starting waiting. */
  async #untilHeard(): Promise<void> {
    const { hostname, port } = new URL(this.#origin);
    while (!(await isHeard(hostname, Number(port)))) await pause(RETRY_MS);
  }

  async #offer(entries: readonly Entry[]): Promise<'acknowledged' | 'unanswered' | 'unsent'> {
    let isSent = true;
    const startedAt = performance.now();
    const reply = await fetch(`${this.#origin}/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify(aPush(entries, { sentAt: new Date().toISOString() })),
    })
      .then(async (answer) => {
        if (answer.status === 201) return (await answer.json()) as PushReply;
        await answer.arrayBuffer();
        this.#noteRefusal(answer.status);
        return null;
      })
      .catch((error: unknown) => {
        if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
        isSent = !isRefused(error.cause);
        this.#noteRefusal(0);
        return null;
      });
    if (reply === null) return isSent ? 'unanswered' : 'unsent';
    const other = reply.verdicts.find(({ verdict }) => verdict !== 'accepted' && verdict !== 'duplicate');
    if (other !== undefined) throw new Error(`A sound entry was ${other.verdict}: ${other.reason}`);
    this.tookMs.push(performance.now() - startedAt);
    for (const { responseId } of entries) this.acknowledged.push(responseId);
    return 'acknowledged';
  }

  #noteRefusal(status: number): void {
    this.refusals.set(status, (this.refusals.get(status) ?? 0) + 1);
  }
}

function isHeard(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function isRefused(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED';
}

export function acknowledgedBy(tablets: readonly PushingTablet[]): number {
  return tablets.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
}

/** Waits until the tablets have had so many more entries acknowledged: a server must be at work when it is taken away. */
export async function untilMore(tablets: readonly PushingTablet[], more = 1): Promise<void> {
  const wanted = acknowledgedBy(tablets) + more;
  const deadline = Date.now() + 120_000;
  while (acknowledgedBy(tablets) < wanted) {
    if (Date.now() > deadline) throw new Error('Nothing is acknowledged any more.');
    await pause(2);
  }
}

/** The SQLite store of a data directory, beside the server that runs on it or after it. */
export function sqliteIn(dataDir: string): Promise<Store> {
  return openStore({ dataDir, databaseUrl: null }, SYSTEM_CLOCK);
}

/** Enrols tablets with a running server, through its own route. Closes the store. */
export async function enrolPushingTablets(
  store: Store,
  { origin, count, perPush }: { readonly origin: string; readonly count: number; readonly perPush: number },
): Promise<PushingTablet[]> {
  const tablets: PushingTablet[] = [];
  for (let index = 0; index < count; index += 1) {
    const { token } = await enrolAtTownHall(store, origin);
    tablets.push(new PushingTablet(origin, token, perPush));
  }
  await store.close();
  return tablets;
}

/** What a database holds of what tablets were told is stored. */
export interface Held {
  readonly acknowledged: number;
  /** Acknowledged, and not there. */
  readonly lost: number;
  /** Rows too many, and figures that a recount does not come to. */
  readonly twice: number;
  readonly quarantined: number;
  /** Every mark together: what the server says has arrived without a gap. */
  readonly marks: number;
}

/** Reads a store whose server is gone, and closes it. Having opened it proves that the file is sound. */
export async function heldOf(store: Store, tablets: readonly PushingTablet[]): Promise<Held> {
  try {
    const acknowledged = tablets.flatMap((tablet) => tablet.acknowledged);
    const stored = await store.db.selectFrom('responses').select('response_id').execute();
    const storedIds = new Set(stored.map((row) => row.response_id));
    const { responses, differences } = await recount(store, false);
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.filter((id) => !storedIds.has(id)).length,
      twice: responses - storedIds.size + differences.length,
      marks: (await store.db.selectFrom('enrolments').select('high_water_mark').execute()).reduce(
        (sum, row) => sum + row.high_water_mark,
        0,
      ),
      quarantined: (await store.db.selectFrom('quarantine').selectAll().execute()).length,
    };
  } finally {
    await store.close();
  }
}
