import { type Result, err, ok } from '../../domain/result.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import type { Enrolling, EnrolmentFailure } from '../kiosk.ts';
import type { Enrolment, KnownStore, Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';
import type { AskServer } from '../sync/server-port.ts';
import type { claimPlace } from './claim-place.ts';

interface PlaceTakingPorts {
  readonly ask: AskServer;
  readonly outbox: Pick<Outbox, 'probe' | 'enrol'>;
  readonly clock: Clock;
  readonly claim: typeof claimPlace;
  readonly report: () => Promise<DeviceReport>;
  /** `enrolling` has changed. */
  readonly onChange: () => void;
  /** The place is the tablet's, and kept. */
  readonly onTaken: (enrolment: Enrolment, store: KnownStore) => Promise<void>;
}

export interface PlaceTaking {
  readonly enrolling: Enrolling;
  enrol(code: string): Promise<Result<void, EnrolmentFailure>>;
}

/** Takes the place that a code stands for, one code at a time. */
export function createPlaceTaking(ports: PlaceTakingPorts): PlaceTaking {
  const { outbox } = ports;
  let enrolling: Enrolling = { isEnrolling: false, failure: null };

  async function take(code: string): Promise<Result<void, EnrolmentFailure>> {
    // A code is good for one use: it is not spent before it is known that its fruit can be kept.
    if (!(await outbox.probe()).ok) return err({ kind: 'storageFailed' });
    const claimed = await ports.claim(ports.ask, code, await ports.report(), ports.clock.now());
    if (!claimed.ok) return claimed;
    const { enrolmentId, token, storeId } = claimed.value;
    const enrolment = { enrolmentId, token };
    const store = { storeId, highWaterMark: 0 };
    if (!(await outbox.enrol(enrolment, store)).ok) return err({ kind: 'storageFailed' });
    await ports.onTaken(enrolment, store);
    return ok(undefined);
  }

  return {
    get enrolling() {
      return enrolling;
    },
    async enrol(code) {
      if (enrolling.isEnrolling) return err({ kind: 'unreachable' });
      enrolling = { isEnrolling: true, failure: null };
      ports.onChange();
      const taken = await take(code);
      enrolling = { isEnrolling: false, failure: taken.ok ? null : taken.error };
      ports.onChange();
      return taken;
    },
  };
}
