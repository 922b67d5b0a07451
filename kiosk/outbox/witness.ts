/**
 * Remembers the last sequence outside IndexedDB, so that a number is never given twice even where the database was put back or wiped, and a wipe can
 * be told from a quiet day.
 */
export interface Witness {
  /** 0 when nothing is remembered. */
  read(): number;
  write(sequence: number): void;
}

const KEY = 'parvis-last-sequence';

/** In localStorage; where that is closed to us the database's own counter has to do. */
export function createWitness(storage: () => Storage): Witness {
  return {
    read: () => {
      try {
        const text = storage().getItem(KEY);
        return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : 0;
      } catch {
        return 0;
      }
    },
    write: (sequence) => {
      try {
        storage().setItem(KEY, String(sequence));
      } catch {
        // A witness that cannot be kept must not stop an answer that could.
      }
    },
  };
}
