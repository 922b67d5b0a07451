import type { Result } from '../../domain/result.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';

/** A failure by its kind; `name` tells more where the kind says little. Never a text that could hold a visitor's words. */
interface Failure {
  readonly kind: string;
  readonly name?: string;
}

export interface StorageCare {
  /** A short code of what is the matter; null while storage works. */
  readonly fault: string | null;
  /** Something could not be kept: out of order from now on, until storage works again. */
  breakDown(failure: Failure): void;
  /** Something in the background could not be done: out of order only if nothing can be written either. */
  check(): Promise<void>;
  stop(): void;
}

interface CarePorts {
  readonly outbox: Pick<Outbox, 'probe'>;
  readonly clock: Clock;
  readonly onBroken: (fault: string) => void;
  /** What must be done, and succeed, before storage counts as healed. */
  readonly heal: () => Promise<Result<unknown, Failure>>;
  readonly onHealed: () => void;
}

const PROBE_PAUSE_MS = 3_000;

/** Keeps trying a storage that fails, every few seconds, by writing, reading back and deleting. */
export function createStorageCare({ outbox, clock, onBroken, heal, onHealed }: CarePorts): StorageCare {
  let fault: string | null = null;
  let callOff: (() => void) | null = null;
  let isStopped = false;

  function breakDown(failure: Failure): void {
    fault = `storage-${failure.name ?? failure.kind}`;
    onBroken(fault);
    callOff?.();
    if (!isStopped) callOff = clock.after(PROBE_PAUSE_MS, () => void tryAgain());
  }

  async function tryAgain(): Promise<void> {
    callOff = null;
    const probed = await outbox.probe();
    const healed = probed.ok ? await heal() : probed;
    if (!healed.ok) return breakDown(healed.error);
    fault = null;
    onHealed();
  }

  return {
    get fault() {
      return fault;
    },
    breakDown,
    async check() {
      if (fault !== null) return;
      const probed = await outbox.probe();
      if (!probed.ok && fault === null) breakDown(probed.error);
    },
    stop() {
      isStopped = true;
      callOff?.();
    },
  };
}
