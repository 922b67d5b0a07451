import type { Clock } from './ports.ts';

/** A clock for tests: it moves when told to. */
export interface ManualClock extends Clock {
  /** Lets time pass, and everything that falls due on the way happen, in order. */
  advance(ms: number): Promise<void>;
  /** The calendar is put right, or wrong; durations do not notice. */
  setCalendar(nowMs: number): void;
  /** Lets time stand still until none of this object's promises is open: storage takes no time on this clock. */
  waitsFor<Target extends object>(target: Target): Target;
}

export function createManualClock(nowMs = Date.UTC(2026, 10, 24, 9, 30)): ManualClock {
  let elapsed = 0;
  let calendarAtStart = nowMs;
  let count = 0;
  let open = 0;
  const due = new Map<number, { at: number; run: () => void }>();

  function next(): [number, { at: number; run: () => void }] | undefined {
    return [...due].toSorted(([a, first], [b, second]) => first.at - second.at || a - b)[0];
  }

  async function settle(): Promise<void> {
    do await settleTurns();
    while (open > 0);
  }

  return {
    now: () => calendarAtStart + elapsed,
    elapsed: () => elapsed,
    after(delayMs, run) {
      const key = ++count;
      due.set(key, { at: elapsed + Math.max(0, delayMs), run });
      return () => due.delete(key);
    },
    setCalendar(instantMs) {
      calendarAtStart = instantMs - elapsed;
    },
    waitsFor(target) {
      return new Proxy(target, {
        get(_, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...input: unknown[]) => {
            const output: unknown = Reflect.apply(member, target, input);
            if (output instanceof Promise) {
              open += 1;
              const close = () => void (open -= 1);
              output.then(close, close);
            }
            return output;
          };
        },
      });
    },
    async advance(ms) {
      const end = elapsed + ms;
      await settle();
      for (let first = next(); first !== undefined && first[1].at <= end; first = next()) {
        due.delete(first[0]);
        elapsed = Math.max(elapsed, first[1].at);
        first[1].run();
        await settle();
      }
      elapsed = end;
    },
  };
}

/** Lets everything that is already on its way (promises, IndexedDB's own turns) come to its end. */
export async function settleTurns(turns = 8): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
}
