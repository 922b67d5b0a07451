import type { ResponseId } from '../domain/ids.ts';
import { claimPlace } from '../kiosk/device/claim-place.ts';
import { pagesOver } from '../kiosk/device/pages.ts';
import type { Engine } from '../kiosk/engine-ports.ts';
import { createEngine } from '../kiosk/engine.ts';
import { guardAnswers } from '../kiosk/loss/guard-answers.ts';
import { tellLosses } from '../kiosk/loss/tell-losses.ts';
import type { WitnessPlace } from '../kiosk/loss/witness-places.ts';
import { RECORD_KEY, readRecord } from '../kiosk/loss/witness-record.ts';
import { createOutbox } from '../kiosk/outbox/create-outbox.ts';
import type { Outbox, OutboxEntry } from '../kiosk/outbox/outbox.ts';
import { sealText } from '../kiosk/outbox/seal.ts';
import { DATABASE_KEY, type Witness, createWitness } from '../kiosk/outbox/witness.ts';
import type { Clock } from '../kiosk/ports.ts';
import { createLateSync } from '../kiosk/sync/late-sync.ts';
import * as syncPart from '../kiosk/sync/sync.part.ts';
import { startSyncLoop } from '../kiosk/sync/sync-loop.ts';
import { createIntegrityJudge } from '../kiosk/visit/integrity.part.ts';
import type { Chance } from './chance.ts';
import { Channel } from './channel.ts';
import type { Disk, Image } from './disk.ts';
import { Locks } from './locks.ts';
import type { Network } from './network.ts';
import { BEGIN_MS } from './server.ts';
import { type Loss, TabletStorage } from './tablet-storage.ts';
import type { Timeline } from './timeline.ts';

/** A browser page of a tablet, with the shipping engine in it. */
export interface Page {
  readonly engine: Engine;
  readonly openedAtMs: number;
  isGone: boolean;
  stopGuard: () => void;
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
  /** Sees, and may spoil, what is witnessed beside the database. */
  readonly wrapWitness: (witness: Witness) => Witness;
  readonly wrapPlace: (place: WitnessPlace) => WitnessPlace;
  /** The name under which a database is really opened. */
  readonly nameOfDatabase: (name: string) => string;
  /** How often what a visitor has typed is sealed to nobody's key: an answer that the server cannot understand. */
  readonly spoiltTexts: number;
  /** Whether the browser has Web Locks. */
  readonly hasLocks: boolean;
}

/** What looks after the answers is loaded after the first face. */
const GUARD_AFTER_MS = 1_500;
/** So long after its page was opened, and after its last write, a tablet can be shut down with nothing left to write. */
const SETTLED_MS = 10_000;
const WRITTEN_MS = 1_500;
/** A page's first push may be under way before the witness has been read: what was lost is told with the next one, a heartbeat later. */
const WITNESSED_MS = 5_000;
/** A receipt has been acted upon after that, on a sound disk. */
const DIGESTING_MS = 500;
const NOBODYS_SEAL = { encapsulatedKey: 'AA==', ciphertext: 'AA==', keyId: 'nobody' };

/** A tablet: one disk, one battery, one calendar, and the pages that are open on it. */
export class Tablet {
  readonly name: string;
  readonly pages: Page[] = [];
  /** When a page last had the receipt of a push from the server as it is now: one from before a restore may still be under way. */
  heardAtMs = -1;
  /** In which epoch it was when the server last had a new one from it: a push from before a loss may still be under way. */
  toldEpoch = 1;
  /** Told of each page before it starts. */
  onPage: (page: Page) => void = () => undefined;
  /** How wrong its calendar is. */
  calendarOffsetMs = 0;
  readonly #storage: TabletStorage;
  #hasLost = false;
  readonly #locks = new Locks<Page>();
  readonly #channel = new Channel<Page>();
  readonly #ports: TabletPorts;

  constructor(name: string, ports: TabletPorts, image?: Image) {
    this.name = name;
    this.#ports = ports;
    this.#storage = new TabletStorage(ports.timeline, ports.chance.branch(), image);
  }

  /** Another tablet made of a copy of this one's storage. */
  clone(name: string): Tablet {
    const twin = new Tablet(name, this.#ports, this.disk.image);
    twin.#storage.copyShelves(this.#storage);
    return twin;
  }

  /** The database in use. */
  get disk(): Disk {
    return this.#storage.disk;
  }

  get disks(): Iterable<Disk> {
    return this.#storage.disks;
  }

  /** Whether a database that is not in use any more holds answers. */
  get holdsFormer(): boolean {
    return [...this.disks].some((disk) => disk !== this.disk && disk.image.entries.size > 0);
  }

  /** Whether an answer is in any of its databases. */
  holds(responseId: ResponseId): boolean {
    for (const { image } of this.#storage.disks) if (image.entries.has(responseId)) return true;
    return false;
  }

  /** Opens a page. */
  open(): Page {
    const { timeline, chance, network } = this.#ports;
    const own = chance.branch();
    const clock = this.#clockFor(() => page.isGone);
    const isGone = () => page.isGone;
    const { databaseName } = this.#storage;
    const openDatabase = (name: string) => this.#storage.open(this.#ports.nameOfDatabase(name), isGone);
    const witness = this.#witnessFor(isGone);
    const pages = pagesOver(
      this.#ports.hasLocks ? this.#locks.forPage(() => page) : undefined,
      this.#channel.open(() => page),
    );
    const { isAlone } = pages;
    const kept = createOutbox({ open: () => openDatabase(databaseName), witness, clock, isAlone });
    const outbox = this.#ports.wrapOutbox(kept, this);
    const fetcher = this.#ports.wrapFetch(this.#listening(network.fetchFor(() => page.isGone)), kept);
    const judge = createIntegrityJudge();
    const record = () => readRecord(this.#storage.local.getItem(RECORD_KEY));
    const startTelling: typeof syncPart.startSyncLoop = (loop) =>
      startSyncLoop({ ...loop, report: tellLosses({ ...loop, record }) });
    const engine = createEngine({
      clock,
      randomness: own,
      outbox,
      // As the part's own loop, which asks the browser's window for what was witnessed.
      ...createLateSync(async () => ({ ...syncPart, startSyncLoop: startTelling }), fetcher, clock),
      claim: claimPlace,
      pages,
      gauge: {},
      bringWords: async () => undefined,
      seal: (text, responseId, key) =>
        own.happens(this.#ports.spoiltTexts)
          ? Promise.resolve(NOBODYS_SEAL)
          : timeline.whileStanding(sealText(text, responseId, key)),
      judge: () => judge,
    });
    const page: Page = { engine, openedAtMs: timeline.nowMs, isGone: false, stopGuard: () => undefined };
    this.pages.push(page);
    this.onPage(page);
    void engine.start(null);
    clock.after(GUARD_AFTER_MS, () => {
      page.stopGuard = guardAnswers({
        engine,
        openDatabase,
        databaseNames: async () => this.#storage.databaseNames(),
        databaseName,
        clock,
        places: this.#storage.places(isGone).map(this.#ports.wrapPlace),
        assignmentPlace: this.#storage.cachePlace('assignment', isGone),
        witness,
        chooseDatabase: (name) => {
          this.#storage.local.setItem(DATABASE_KEY, name);
          return true;
        },
        reload: () => {
          if (page.isGone) return;
          this.close(page);
          this.open();
        },
      });
    });
    return page;
  }

  /** Whether it could be shut down now with nothing left to write. */
  get isSettled(): boolean {
    const { nowMs } = this.#ports.timeline;
    return (
      this.pages.length > 0 &&
      nowMs - this.disk.keptAtMs >= WRITTEN_MS &&
      this.pages.every(
        ({ openedAtMs, engine: { view } }) =>
          nowMs - openedAtMs >= SETTLED_MS && view.kind === 'serving' && view.visit.kind === 'attracting',
      )
    );
  }

  /**
   * It is shut down as usual, and what it keeps is taken from it.
   *
   * @returns the entries that are gone with it
   */
  lose(loss: Loss): readonly OutboxEntry[] {
    for (const page of this.pages.slice()) this.close(page);
    this.#hasLost = true;
    return this.#storage.lose(loss);
  }

  /** A page goes, in the middle of whatever it does. */
  close(page: Page): void {
    page.isGone = true;
    page.engine.stop();
    page.stopGuard();
    this.pages.splice(this.pages.indexOf(page), 1);
    this.#storage.pagesAreGone();
    this.#locks.letGo(page);
    this.#channel.leave(page);
  }

  /** The browser is killed. */
  kill(): void {
    for (const page of this.pages.slice()) this.close(page);
    this.#storage.browserIsKilled();
  }

  /** The battery is pulled out. */
  cutPower(): void {
    for (const page of this.pages.slice()) this.close(page);
    this.#storage.cutPower();
  }

  /** The engine's storage process dies under the pages. */
  loseConnections(): void {
    this.#storage.loseConnections();
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
    if (this.#hasLost && this.pages.some(({ openedAtMs }) => this.heardAtMs - openedAtMs < WITNESSED_MS))
      return false;
    if (this.heardAtMs < sinceMs || nowMs - this.heardAtMs < DIGESTING_MS) return false;
    // What a page that is gone has heard may not have been done.
    if (this.pages.some(({ openedAtMs }) => this.heardAtMs < openedAtMs)) return false;
    for (const { image } of this.#storage.disks)
      for (const { state, responseId } of image.entries.values())
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
        const [, epoch = 1] = /"epoch":(\d+)/.exec(typeof init?.body === 'string' ? init.body : '') ?? [];
        this.toldEpoch = Math.max(this.toldEpoch, Number(epoch));
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
    const { local } = this.#storage;
    return this.#ports.wrapWitness(
      createWitness({
        getItem: (key) => local.getItem(key),
        setItem: (key, text) => {
          if (!isGone()) local.setItem(key, text);
        },
      }),
    );
  }
}

function isReceiptOf(text: string, storeId: string): boolean {
  return text.includes(`"storeId":"${storeId}","receivedAt"`);
}
