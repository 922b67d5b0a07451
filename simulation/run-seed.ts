import { FaultMaker } from './fault-maker.ts';
import type { Foundation } from './foundation.ts';
import { Network, NO_NETWORK_FAULTS } from './network.ts';
import { Oracle } from './oracle.ts';
import { chanceOf, drawPlan } from './plan.ts';
import { Server } from './server.ts';
import { Tablet, type TabletPorts } from './tablet.ts';
import { Timeline } from './timeline.ts';
import { AS_IT_SHIPS, type Variation } from './variation.ts';
import { visit } from './visitor.ts';

export interface SeedOutcome {
  readonly seed: number;
  /** How many answers visitors were told were taken. */
  readonly entries: number;
  /** Simulated, from the first touch to the last answer on the server. */
  readonly lastedMs: number;
  readonly violations: readonly string[];
}

/** Everything works again: how long until nothing waits any more, at most. The longest backoff is five minutes, and so is a filter's pause. */
const DRAIN_MINUTES = 12;
/** Without Web Locks a visit broken off is known for dead after a quarter of an hour. */
const DRAIN_MINUTES_WITHOUT_LOCKS = 20;
const STAFF_LOOK_MS = 20_000;
/** What begins the line of a violation that nobody foresaw on the server. */
export const SERVER_FAILED = 'I9: the server failed';

/**
 * Lives one seed: visitors, faults, then peace, then the reckoning. The same seed on the same code is the same run, to the last event.
 *
 * @param tell is told each event, for a replay
 */
export async function runSeed(
  foundation: Foundation,
  seed: number,
  variation: Variation = AS_IT_SHIPS,
  tell: (line: string) => void = () => undefined,
): Promise<SeedOutcome> {
  const { database } = foundation;
  const chance = chanceOf(seed);
  const plan = drawPlan(chance);
  const timeline = new Timeline();
  const say = (line: string) => tell(`${(timeline.nowMs / 1_000).toFixed(3).padStart(9)} s  ${line}`);
  database.begin();
  try {
    const server = new Server(database, timeline, chance.branch(), foundation.config);
    const network = new Network(timeline, chance.branch(), server);
    network.faults = plan.network;
    network.onFate = (line, fate) => say(`${line}: ${fate}`);
    server.faults = plan.server;
    server.start();
    const tablets: Tablet[] = [];
    const oracle = new Oracle(database, tablets);
    server.whenItDies((why) => {
      say(`the server dies ${why}`);
      oracle.checkKept('the server died');
    });
    const ports: TabletPorts = {
      timeline,
      chance: chance.branch(),
      network,
      storeId: () => database.storeId,
      spoiltTexts: plan.spoiltTexts,
      hasLocks: plan.hasLocks,
      wrapOutbox: (outbox, tablet) =>
        oracle.listenTo(variation.outbox?.(outbox) ?? outbox, (what) => say(`${tablet.name}: ${what}`)),
      wrapFetch: (fetcher, outbox) => variation.fetch?.(fetcher, outbox) ?? fetcher,
      wrapWitness: (witness) => variation.witness?.(witness) ?? witness,
      wrapPlace: (kept) => variation.witnessPlace?.(kept) ?? kept,
      nameOfDatabase: (name) => variation.nameOfDatabase?.(name) ?? name,
    };
    const place = (tablet: Tablet): Tablet => {
      tablets.push(tablet);
      tablet.disk.faults = plan.disk;
      tablet.disk.onDeath = () => faultMaker.bringDown(tablet, chance.pick(['kill', 'powerCut'] as const));
      tablet.disk.durability = variation.durability ?? 'strict';
      tablet.disk.onCommit = (before, after) =>
        oracle.checkForgotten([...before.entries.keys()].filter((id) => !after.entries.has(id)));
      tablet.onPage = (page) => page.engine.subscribe(() => seeWhatIsShown(page.engine.view, oracle));
      tablet.open();
      return tablet;
    };
    const faultMaker = new FaultMaker({
      config: foundation.config.config,
      chance: chance.branch(),
      timeline,
      server,
      network,
      tablets,
      oracle,
      say,
      place,
    });
    for (let count = 0; count < plan.tablets; count += 1)
      place(new Tablet(`tablet ${count + 1}`, ports, foundation.images[count]));
    const visitors = chance.branch();
    for (const atMs of plan.visitsAtMs)
      timeline.after(atMs, () => {
        const tablet = visitors.pick(tablets);
        if (tablet.pages.length === 0) return;
        const page = visitors.pick(tablet.pages);
        visit(page.engine, () => !page.isGone, timeline, visitors.branch());
      });
    for (const { kind, atMs } of plan.happenings)
      timeline.after(atMs, () => void timeline.whileStanding(faultMaker.make(kind)));
    await timeline.runUntil(plan.spanMs);
    say('peace');
    network.faults = NO_NETWORK_FAULTS;
    await faultMaker.makePeace();
    const drain = async (what: string, suspicious: ReadonlySet<string>): Promise<void> => {
      const minutes = plan.hasLocks ? DRAIN_MINUTES : DRAIN_MINUTES_WITHOUT_LOCKS;
      const peace = { sinceMs: faultMaker.heardSinceMs, minutes, suspicious, codes: foundation.codes };
      if (!(await waitForRest(timeline, tablets, peace, say)))
        oracle.violations.push(`I5: ${what} still wait after ${minutes} minutes of peace`);
    };
    // A filter on the way may stay for ever: what it holds up must hold up nothing else.
    if (network.suspicious.size > 0) await drain('entries beside one that is held up', network.suspicious);
    network.suspicious.clear();
    await drain('entries', network.suspicious);
    oracle.checkKept('at the end');
    oracle.checkEnd();
    for (const failure of server.failures) oracle.violations.push(`${SERVER_FAILED}: ${String(failure)}`);
    for (const tablet of tablets) tablet.kill();
    return {
      seed,
      entries: oracle.entries,
      lastedMs: timeline.nowMs,
      violations: [...new Set(oracle.violations)],
    };
  } finally {
    foundation.forgetErasures();
    database.undo();
  }
}

function seeWhatIsShown(view: Tablet['pages'][number]['engine']['view'], oracle: Oracle): void {
  if (view.kind === 'serving') oracle.see(view.visit);
}

/** Waits until every tablet has nothing left and knows the server as it is now. Staff enrol anew a tablet that the server refuses. */
async function waitForRest(
  timeline: Timeline,
  tablets: readonly Tablet[],
  peace: {
    readonly sinceMs: number;
    readonly minutes: number;
    readonly suspicious: ReadonlySet<string>;
    readonly codes: readonly string[];
  },
  say: (line: string) => void,
): Promise<boolean> {
  const spare = [...peace.codes];
  const end = timeline.nowMs + peace.minutes * 60_000;
  const isOver = () => tablets.every((tablet) => tablet.isAtRest(peace.sinceMs, peace.suspicious));
  function look(): void {
    for (const tablet of tablets) {
      const code = tablet.isRefused ? spare.shift() : undefined;
      if (code === undefined) continue;
      say(`${tablet.name}: staff enrol it anew`);
      void tablet.pages[0]?.engine.enrol(code);
    }
    if (timeline.nowMs < end) timeline.after(STAFF_LOOK_MS, look);
  }
  timeline.after(STAFF_LOOK_MS, look);
  await timeline.runUntil(end, isOver);
  return isOver();
}
