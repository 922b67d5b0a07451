/** Wrong codes so far, and when the next may be tried; kept over a reload. */
export interface Tries {
  /** How long the next try has to wait; 0 where it need not. */
  waitMs(nowMs: number): number;
  /** One more was wrong. Returns how many in a row. */
  failed(nowMs: number): number;
  succeeded(): void;
}

export const FREE_TRIES = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;
const KEY = 'parvis-staff-tries';

/** @param storage the browser's localStorage; where it refuses, tries are counted for as long as the page lives */
export function createTries(storage: Pick<Storage, 'getItem' | 'setItem'> | null): Tries {
  let [count = 0, until = 0] = recalled(storage);

  function remember(): void {
    try {
      storage?.setItem(KEY, `${count} ${until}`);
    } catch {
      // Counted in this page only: a reload is the most that can be gained.
      return;
    }
  }

  return {
    // A calendar that was set back must not lock staff out for longer than they would have waited.
    waitMs: (nowMs) => Math.min(Math.max(0, until - nowMs), waitAfter(count)),
    failed(nowMs) {
      count += 1;
      until = nowMs + waitAfter(count);
      remember();
      return count;
    },
    succeeded() {
      count = 0;
      until = 0;
      remember();
    },
  };
}

function waitAfter(count: number): number {
  if (count < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, count - FREE_TRIES));
}

function recalled(storage: Pick<Storage, 'getItem'> | null): readonly number[] {
  try {
    const numbers = (storage?.getItem(KEY) ?? '').split(' ').map(Number);
    return numbers.length === 2 && numbers.every((number) => Number.isSafeInteger(number) && number >= 0)
      ? numbers
      : [];
  } catch {
    return [];
  }
}
