import type { EnrolmentId } from '../../domain/ids.ts';

/**
 * Remembers the last sequence outside IndexedDB, so that a database that has lost its latest writes does not give a number twice: the server
 * then sees a gap, and the loss is known. It holds no answer.
 */
export interface Witness {
  /** 0 where nothing is remembered of this enrolment. */
  lastSequence(enrolmentId: EnrolmentId): number;
  remember(enrolmentId: EnrolmentId, sequence: number): void;
}

const KEY = 'parvis-last-sequence';
/** Where the name of the database in use is kept, once it is another than the first. */
export const DATABASE_KEY = 'parvis-database';

/** @param storage the browser's localStorage; where it refuses (it may be switched off), the witness knows nothing */
export function createWitness(storage: Pick<Storage, 'getItem' | 'setItem'> | null): Witness {
  return {
    lastSequence(enrolmentId) {
      const [witnessed, sequence] = read(storage)?.split(' ') ?? [];
      const last = Number(sequence);
      return witnessed === enrolmentId && Number.isSafeInteger(last) && last > 0 ? last : 0;
    },
    remember(enrolmentId, sequence) {
      try {
        storage?.setItem(KEY, `${enrolmentId} ${sequence}`);
      } catch {
        // A second memory only: the sequence itself is in the outbox already.
        return;
      }
    },
  };
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    return storage?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
}

/** The page's localStorage; null where even asking for it throws. */
export function localStorageOf(page: Window): Storage | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}
