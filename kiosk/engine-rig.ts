import type { BootId } from '../domain/ids.ts';
import type { Language } from '../domain/survey.ts';
import type { Assignment } from '../protocol/assignment.ts';
import { claimPlace } from './device/claim-place.ts';
import type { Pages } from './device/pages.ts';
import type { Engine } from './engine-ports.ts';
import { createEngine } from './engine.ts';
import { createManualClock } from './manual-clock.ts';
import { type IndexedDbSource, OutboxDatabase } from './outbox/database.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import type { Outbox } from './outbox/outbox.ts';
import { sealText } from './outbox/seal.ts';
import { createWitness } from './outbox/witness.ts';
import type { Clock, Randomness } from './ports.ts';
import { createAssignmentPull } from './sync/assignment-pull.ts';
import { type ServerModel, createServerModel } from './sync/server-model.ts';
import { askOver } from './sync/server-port.ts';
import { startSyncLoop } from './sync/sync-loop.ts';
import { createIntegrityJudge } from './visit/integrity.part.ts';
import type { SealText } from './visit/visit-engine.ts';

/**
 * A tablet for tests: the shipping engine and outbox over an IndexedDB of the test's choice, a clock that moves when told
 * to, and a model of the server. Only clock, network and chance are not the real ones.
 */
export interface EngineRig {
  readonly clock: ReturnType<typeof createManualClock>;
  readonly server: ServerModel;
  /** The storage in use: a test may break it. */
  readonly outbox: Outbox;
  readonly engine: Engine;
  /** A page opens; with a code, by an enrolment link. */
  open(code?: string): Promise<void>;
  /** The page goes, in the middle of whatever it does. */
  crash(): Promise<void>;
  /** Enrols and waits for the first screen. */
  enrolled(): Promise<void>;
  /** Lets what was touched come to its end. */
  settle(): Promise<void>;
}

export const GOOD_CODE = 'BCDFGHJKLM';

export function createEngineRig(
  source: IndexedDbSource,
  assignment: Assignment,
  {
    random = () => 0.5,
    breakable = (outbox: Outbox) => outbox,
    seal = sealText,
    bringWords = async () => {},
    fetcher,
    bringSync = async () => startSyncLoop,
  }: {
    readonly random?: () => number;
    readonly breakable?: (outbox: Outbox) => Outbox;
    readonly seal?: SealText | null;
    readonly bringWords?: (language: Language) => Promise<void>;
    /** A real server to ask in place of the model. It takes no time on this clock. */
    readonly fetcher?: typeof fetch;
    readonly bringSync?: () => Promise<typeof startSyncLoop>;
  } = {},
): EngineRig {
  const clock = createManualClock();
  const server = createServerModel(assignment, clock);
  const randomness: Randomness = {
    number: random,
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
  const witnessed = new Map<string, string>();
  const witness = createWitness({
    getItem: (key) => witnessed.get(key) ?? null,
    setItem: (key, text) => void witnessed.set(key, text),
  });
  let living = new Set<BootId>();
  let opened: {
    readonly engine: Engine;
    readonly outbox: Outbox;
    readonly close: () => void;
  } | null = null;

  function now() {
    if (opened === null) throw new Error('No page is open.');
    return opened;
  }

  return {
    clock,
    server,
    get outbox() {
      return now().outbox;
    },
    get engine() {
      return now().engine;
    },
    async open(code) {
      let isGone = false;
      // A page that is gone runs no timer of its own any more.
      const own: Clock = {
        ...clock,
        after: (delayMs, run) =>
          clock.after(delayMs, () => {
            if (!isGone) run();
          }),
      };
      const dexie = createOutbox({
        open: () => new OutboxDatabase(source),
        witness,
        clock,
        isAlone: () => pages.isAlone(),
      });
      const outbox = clock.waitsFor(breakable(dexie));
      const pages: Pages = {
        async announce(bootId) {
          living.add(bootId);
        },
        livingOwners: async () => {
          const alive = new Set(living);
          return ({ bootId }) => bootId !== null && alive.has(bootId);
        },
        whileLeading: (lead) => lead(),
        isAlone: () => living.size === 1,
      };
      const sealing = seal === null ? null : clock.waitsFor({ seal }).seal;
      const ask = askOver(fetcher === undefined ? server.fetch : clock.waitsFor({ fetcher }).fetcher, clock);
      const judgeVisit = createIntegrityJudge();
      const judge = () => judgeVisit;
      const engine = createEngine({
        clock: own,
        randomness,
        outbox,
        ask,
        claim: claimPlace,
        pages,
        gauge: {},
        bringWords,
        pullAssignments: createAssignmentPull,
        bringSync,
        seal: sealing,
        judge,
      });
      const close = () => {
        isGone = true;
        dexie.close();
      };
      opened = { engine, outbox, close };
      const starting = engine.start(code ?? null);
      await clock.advance(0);
      await starting;
      await clock.advance(0);
    },
    async crash() {
      now().engine.stop();
      now().close();
      opened = null;
      living = new Set();
      await clock.advance(0);
    },
    async enrolled() {
      await this.open(GOOD_CODE);
    },
    settle: () => clock.advance(0),
  };
}
