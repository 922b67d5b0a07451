import type { StorageGauge } from '../device/report.ts';
import type { Updates } from '../device/updates.part.ts';
import type { Engine } from '../engine-ports.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';

/** What the staff's menu sees of the tablet and may do with it. */
export interface StaffPorts {
  readonly engine: Pick<
    Engine,
    'view' | 'subscribe' | 'memory' | 'contact' | 'isTesting' | 'enrol' | 'networkMayBeBack' | 'noteError'
  >;
  readonly outbox: Pick<Outbox, 'status' | 'everything'>;
  readonly gauge: StorageGauge;
  readonly clock: Clock;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  readonly page: Document;
  /** null before they are looked after, and where the browser has none. */
  readonly updates: () => Updates | null;
}
