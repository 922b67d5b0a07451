import { claimPlace } from '../kiosk/device/claim-place.ts';
import { pagesOver } from '../kiosk/device/pages.ts';
import type { Engine } from '../kiosk/engine-ports.ts';
import { createEngine } from '../kiosk/engine.ts';
import { createOutbox } from '../kiosk/outbox/create-outbox.ts';
import type { Outbox } from '../kiosk/outbox/outbox.ts';
import { sealText } from '../kiosk/outbox/seal.ts';
import { createWitness } from '../kiosk/outbox/witness.ts';
import type { Clock } from '../kiosk/ports.ts';
import { createLateSync } from '../kiosk/sync/late-sync.ts';
import * as syncPart from '../kiosk/sync/sync.part.ts';
import { startSyncLoop } from '../kiosk/sync/sync-loop.ts';
import { createIntegrityJudge } from '../kiosk/visit/integrity.part.ts';
import type { Chance } from './chance.ts';
import { type DiskConnection, openDiskEntryStore } from './disk-entry-store.ts';
import { Disk, type Image } from './disk.ts';
import { Locks } from './locks.ts';
import type { Network } from './network.ts';
import { BEGIN_MS } from './server.ts';
import type { Timeline } from './timeline.ts';

/** A browser page of a tablet, with the shipping engine in it. */
export interface Page {
  readonly engine: Engine;
  isGone: boolean;
}

export interface TabletPorts {
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly network: Network;
  /** The life of the server's database. */
  readonly storeId: () => string;
  /** Sees, and may spoil, what the engine does with its outbox. */
  readonly wrapOutbox: (outbox: Outbox, tablet: Tablet) => Outbox;
  /** Sees, and may spoil, what the engine does with the network. */
  readonly wrapFetch: (fetcher: typeof fetch, outbox: Outbox) => typeof fetch;
  /** How often what a visitor has typed is sealed to nobody's key: an answer that the server cannot understand. */
  readonly spoiltTexts: number;
  /** Whether the browser has Web Locks. */
  readonly hasLocks: boolean;
}

/** How long localStorage may keep a write to itself. */
const WITNESS_WRITE_BACK_MS = 5_000;
/** A receipt has been acted upon after that, on a sound disk. */
const DIGESTING_MS = 500;
const NOBODYS_SEAL = { encapsulatedKey: 'AA==', ciphertext: 'AA==', keyId: 'nobody' };

/** A tablet: one disk, one battery, one calendar, and the pages that are open on it. */
export class Tablet {
  readonly name: string;
  readonly disk: Disk;
  readonly pages: Page[] = [];
  /** When a page last had the receipt of a push from the server as it is now: one from before a restore may still be under way. */
  heardAtMs = -1;
  /** Told of each page before it starts. */
  onPage: (page: Page) => void = () => undefined;
  /** How wrong its calendar is. */
  calendarOffsetMs = 0;
  #witness = new Map<string, string>();
  #witnessOnPlatter = new Map<string, string>();
  readonly #connections = new Set<DiskConnection>();
  readonly #locks = new Locks<Page>();
  readonly #ports: TabletPorts;

  constructor(name: string, ports: TabletPorts, image?: Image) {
    this.name = name;
    this.#ports = ports;
    this.disk = new Disk(ports.timeline, ports.chance.branch(), image);
  }

  /** Another tablet made of a copy of this one's storage. */
  clone(name: string): Tablet {
    const twin = new Tablet(name, this.#ports, this.disk.image);
    twin.#witness = new Map(this.#witness);
    twin.#witnessOnPlatter = new Map(this.#witness);
    return twin;
  }

  /** Opens a page. */
  open(): Page {
    const { timeline, chance, network } = this.#ports;
    const own = chance.branch();
    const clock = this.#clockFor(() => page.isGone);
    const connect = () => {
      const connection = openDiskEntryStore(this.disk, () => page.isGone);
      this.#connections.add(connection);
      return connection;
    };
    const kept = createOutbox({ open: connect, witness: this.#witnessFor(() => page.isGone), clock });
    const outbox = this.#ports.wrapOutbox(kept, this);
    const fetcher = this.#ports.wrapFetch(this.#listening(network.fetchFor(() => page.isGone)), kept);
    const judge = createIntegrityJudge();
    const engine = createEngine({
      clock,
      randomness: own,
      outbox,
      // The part's own loop asks the browser's window for what was witnessed; nothing here destroys a database.
      ...createLateSync(async () => ({ ...syncPart, startSyncLoop }), fetcher, clock),
      claim: claimPlace,
      pages: pagesOver(this.#ports.hasLocks ? this.#locks.forPage(() => page) : undefined),
      gauge: {},
      bringWords: async () => undefined,
      seal: (text, responseId, key) =>
        own.happens(this.#ports.spoiltTexts)
          ? Promise.resolve(NOBODYS_SEAL)
          : timeline.whileStanding(sealText(text, responseId, key)),
      judge: () => judge,
    });
    const page: Page = { engine, isGone: false };
    this.pages.push(page);
    this.onPage(page);
    void engine.start(null);
    return page;
  }

  /** A page goes, in the middle of whatever it does. */
  close(page: Page): void {
    page.isGone = true;
    page.engine.stop();
    this.pages.splice(this.pages.indexOf(page), 1);
    this.disk.forgetPages();
    this.#locks.letGo(page);
  }

  /** The browser is killed. */
  kill(): void {
    for (const page of this.pages.slice()) this.close(page);
  }

  /** The battery is pulled out. */
  cutPower(): void {
    this.kill();
    this.disk.cutPower();
    this.#witness = new Map(this.#witnessOnPlatter);
  }

  /** The engine's storage process dies under the pages. */
  loseConnections(): void {
    for (const connection of this.#connections) connection.lose();
    this.#connections.clear();
  }

  get enrolmentId(): string | null {
    const held = this.disk.image.settings.get('enrolment');
    return held?.key === 'enrolment' ? held.value.enrolmentId : null;
  }

  /** A page says that the server does not know this tablet any more. */
  get isRefused(): boolean {
    return this.pages.some(
      ({ engine: { view } }) =>
        (view.kind === 'serving' && view.sign.connection === 'revoked') ||
        (view.kind === 'awaitingAssignment' && view.lack === 'revoked'),
    );
  }

  /** Nothing waits but what is named, nobody is in the middle of anything, and the server has been heard since then. */
  isAtRest(sinceMs: number, besides: ReadonlySet<string>): boolean {
    const { nowMs } = this.#ports.timeline;
    if (this.heardAtMs < sinceMs || nowMs - this.heardAtMs < DIGESTING_MS) return false;
    for (const { state, responseId } of this.disk.image.entries.values())
      if (state !== 'retained' && !besides.has(responseId)) return false;
    return this.pages.every(
      ({ engine: { view } }) => view.kind === 'serving' && view.visit.kind === 'attracting',
    );
  }

  #listening(fetcher: typeof fetch): typeof fetch {
    const { timeline } = this.#ports;
    return async (input, init) => {
      const reply = await fetcher(input, init);
      if (
        input === '/api/v1/push' &&
        reply.status === 201 &&
        isReceiptOf(await reply.text(), this.#ports.storeId())
      ) {
        this.heardAtMs = timeline.nowMs;
        // So that somebody looks once it has been digested.
        timeline.after(DIGESTING_MS, () => undefined);
      }
      return reply;
    };
  }

  #clockFor(isGone: () => boolean): Clock {
    const { timeline } = this.#ports;
    const bornAt = timeline.nowMs;
    return {
      now: () => Math.round(BEGIN_MS + timeline.nowMs + this.calendarOffsetMs),
      elapsed: () => timeline.nowMs - bornAt,
      after: (delayMs, run) =>
        timeline.after(delayMs, () => {
          if (!isGone()) run();
        }),
    };
  }

  #witnessFor(isGone: () => boolean): ReturnType<typeof createWitness> {
    return createWitness({
      getItem: (key) => this.#witness.get(key) ?? null,
      setItem: (key, text) => {
        if (isGone()) return;
        this.#witness.set(key, text);
        this.#ports.timeline.after(WITNESS_WRITE_BACK_MS, () => {
          if (this.#witness.get(key) === text) this.#witnessOnPlatter.set(key, text);
        });
      },
    });
  }
}

function isReceiptOf(text: string, storeId: string): boolean {
  return text.includes(`"storeId":"${storeId}","receivedAt"`);
}
