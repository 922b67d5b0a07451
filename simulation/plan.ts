import { type Chance, createChance } from './chance.ts';
import type { DiskFaults } from './disk.ts';
import { LOSSES } from './tablet-storage.ts';
import { type NetworkFaults, NO_NETWORK_FAULTS } from './network.ts';
import type { ServerFaults } from './server.ts';

/** What befalls a tablet or the server at some moment of a run. */
export const HAPPENINGS = [
  'reload',
  'kill',
  'powerCut',
  'connectionLost',
  'diskFull',
  'networkDown',
  'suspicion',
  'serverKilled',
  'backup',
  'restore',
  'erasure',
  'tabletClock',
  'serverClock',
  'secondTab',
  'clone',
  'revocation',
  ...LOSSES,
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** What one seed has in store. Each seed has some faults and not others: where all are there at once, they hide each other. */
export interface Plan {
  readonly spanMs: number;
  readonly tablets: number;
  /** When somebody comes to a tablet. */
  readonly visitsAtMs: readonly number[];
  readonly happenings: readonly { readonly kind: Happening; readonly atMs: number }[];
  readonly network: NetworkFaults;
  readonly disk: DiskFaults;
  readonly server: ServerFaults;
  readonly spoiltTexts: number;
  /** Whether the browser has Web Locks: without them pages cannot tell who lives, and each of them sends. */
  readonly hasLocks: boolean;
}

/** How often a seed has a kind of happening at all, and how many of it at most. */
const SWARM: Readonly<Record<Happening, readonly [share: number, most: number]>> = {
  reload: [0.3, 2],
  kill: [0.35, 3],
  powerCut: [0.35, 3],
  connectionLost: [0.15, 2],
  diskFull: [0.15, 2],
  networkDown: [0.3, 2],
  suspicion: [0.15, 1],
  serverKilled: [0.2, 2],
  backup: [0.4, 3],
  restore: [0.3, 2],
  erasure: [0.2, 2],
  tabletClock: [0.15, 2],
  serverClock: [0.05, 1],
  secondTab: [0.15, 2],
  clone: [0.2, 1],
  revocation: [0.08, 1],
  storageForgotten: [0.06, 1],
  databaseWiped: [0.06, 1],
  databaseDestroyed: [0.06, 1],
  witnessEvicted: [0.06, 1],
};

/** Things that show something only together and in this order, which chance alone would seldom bring about: each with its part of the run. */
interface Story {
  readonly happenings: readonly (readonly [kind: Happening, from: number, to: number])[];
  readonly hasLocks: boolean;
  readonly delayed: number;
}

const STORIES: readonly Story[] = [
  // What is held up on the way keeps the mark where it was: only its new name tells the restored store from the one before.
  {
    happenings: [
      ['suspicion', 0.1, 0.5],
      ['backup', 0.3, 0.6],
      ['restore', 0.7, 1],
    ],
    hasLocks: true,
    delayed: 0,
  },
  // Two tablets with one enrolment give the same numbers: a backup that holds the one's vouches for the other's.
  {
    happenings: [
      ['clone', 0, 0.2],
      ['backup', 0.4, 0.6],
      ['restore', 0.8, 1],
    ],
    hasLocks: true,
    delayed: 0,
  },
  // A page takes the visit of another one for dead, and sends the half of it while it goes on.
  {
    happenings: [
      ['secondTab', 0, 0.1],
      ['tabletClock', 0.1, 0.5],
      ['tabletClock', 0.5, 1],
    ],
    hasLocks: false,
    delayed: 0.6,
  },
];
const SHARE_OF_STORIES = 0.15;

const HIDES_LOSSES: ReadonlySet<Happening> = new Set(['clone', 'revocation', 'restore', 'secondTab']);

function isLoss(kind: Happening): boolean {
  return LOSSES.some((loss) => loss === kind);
}

/** The chance a seed stands for. */
export function chanceOf(seed: number): Chance {
  return createChance(Math.imul(seed, 0x9e3779b1) ^ seed);
}

export function drawPlan(chance: Chance): Plan {
  const spanMs = chance.between(30_000, 120_000);
  const story = chance.happens(SHARE_OF_STORIES) ? chance.pick(STORIES) : null;
  const hasLocks = story?.hasLocks ?? chance.happens(0.9);
  const sometimes = (share: number, most: number) => (chance.happens(share) ? chance.between(0, most) : 0);
  const network = {
    requestLost: sometimes(0.6, 0.3),
    replyLost: sometimes(0.7, 0.4),
    duplicated: sometimes(0.5, 0.3),
    delayed: story?.delayed ?? sometimes(0.3, 0.2),
    truncated: sometimes(0.4, 0.2),
    portal: sometimes(0.4, 0.3),
    proxyError: sometimes(0.3, 0.2),
    tooLarge: sometimes(0.2, 0.5),
    tooMany: sometimes(0.2, 0.2),
    stale: sometimes(0.3, 0.3),
  };
  const happenings = drawHappenings(chance, story, hasLocks).map(({ kind, part }) => ({
    kind,
    atMs: part * spanMs,
  }));
  return {
    spanMs,
    tablets: story === null && chance.happens(0.3) ? 2 : 1,
    visitsAtMs: Array.from({ length: story === null ? chance.whole(3, 10) : chance.whole(6, 12) }, () =>
      chance.between(0, spanMs),
    ),
    happenings,
    network: story === null ? network : { ...NO_NETWORK_FAULTS, delayed: network.delayed },
    disk: { full: sometimes(0.15, 0.1), hangs: sometimes(0.1, 0.05), dies: sometimes(0.2, 0.1) },
    hasLocks,
    server: {
      diesBeforeCommit: sometimes(0.3, 0.1),
      diesAfterCommit: sometimes(0.3, 0.1),
      full: sometimes(0.15, 0.1),
    },
    // A known limit: of two tablets with one enrolment, one may send what nobody understands under a number that a backup vouches for.
    spoiltTexts: happenings.some(({ kind }) => kind === 'clone') ? 0 : sometimes(0.3, 1),
  };
}

function drawHappenings(
  chance: Chance,
  story: Story | null,
  hasLocks: boolean,
): readonly { readonly kind: Happening; readonly part: number }[] {
  if (story !== null)
    return story.happenings.map(([kind, from, to]) => ({ kind, part: chance.between(from, to) }));
  const drawn = HAPPENINGS.flatMap((kind) => {
    const [share, most] = SWARM[kind];
    if (!chance.happens(share)) return [];
    return Array.from({ length: chance.whole(1, most) }, () => ({ kind, part: chance.number() }));
  });
  // A loss is told of one tablet and one enrolment: neither a twin nor another enrolment can tell of it.
  if (drawn.some(({ kind }) => isLoss(kind))) return drawn.filter(({ kind }) => !HIDES_LOSSES.has(kind));
  // A known limit: a backup vouches for a number, and where pages take each other for dead, half an answer and all of it have the same.
  return hasLocks ? drawn : drawn.filter(({ kind }) => kind !== 'restore');
}
