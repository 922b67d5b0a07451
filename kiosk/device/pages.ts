import type { BootId } from '../../domain/ids.ts';
import type { OpenEntryOwner } from '../outbox/outbox.ts';

/** What the kiosk's pages on one tablet know of each other. */
export interface Pages {
  /** Lets the other pages see that this one lives, until it goes, however it goes. */
  announce(bootId: BootId): Promise<void>;
  /** Says which open visits may still go on. */
  livingOwners(nowMs: number): Promise<(owner: OpenEntryOwner) => boolean>;
  /** Calls back in one page at a time: at once, or when the page that led has gone. */
  whileLeading(lead: () => void): void;
  /** This page leads, and has heard of no other since it was opened. */
  isAlone(): boolean;
}

/** Reaches the other pages of the tablet. */
export type PagesChannel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;

const LEADER_LOCK = 'parvis-sync';
const BOOT_LOCK = 'parvis-boot-';
/** Where the browser cannot tell which pages live, a visit this old is nobody's any more. */
const ABANDONED_AFTER_MS = 15 * 60_000;

/**
 * Over Web Locks: a lock is held for as long as its page lives. Where the browser has none every page leads, which is impolite and nothing
 * worse: the server counts nothing twice. Each page tells the others that it is there as soon as it is, long before it writes.
 */
export function pagesOver(locks: LockManager | undefined, channel: PagesChannel): Pages {
  /** What stands against being alone: not leading yet, and every page heard of. */
  let objections = 1;
  channel.onmessage = () => {
    objections += 1;
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no origin
  channel.postMessage(0);
  return {
    announce: (bootId) =>
      new Promise((resolve) => {
        if (locks === undefined) resolve();
        else locks.request(BOOT_LOCK + bootId, () => held(resolve)).catch(() => resolve());
      }),
    async livingOwners(nowMs) {
      const living = await namesHeld(locks);
      // On a calendar that has been set back, a visit may seem yet to come: nobody is in the middle of that one either.
      if (living === null)
        return ({ createdAt }) => Math.abs(nowMs - Date.parse(createdAt)) <= ABANDONED_AFTER_MS;
      return ({ bootId }) => bootId !== null && living.has(BOOT_LOCK + bootId);
    },
    whileLeading(lead) {
      if (locks === undefined) lead();
      else
        locks
          .request(LEADER_LOCK, () => {
            objections -= 1;
            return held(lead);
          })
          .catch(lead);
    },
    isAlone: () => objections === 0,
  };
}

/** null where the browser does not tell. */
async function namesHeld(locks: LockManager | undefined): Promise<ReadonlySet<string | undefined> | null> {
  const snapshot = await locks?.query().catch(() => undefined);
  return snapshot === undefined ? null : new Set(snapshot.held?.map((lock) => lock.name));
}

function held(onHeld: () => void): Promise<never> {
  onHeld();
  return new Promise<never>(() => undefined);
}
