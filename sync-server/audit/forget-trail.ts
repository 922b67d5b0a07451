import { type Clock, instantOf } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** CNIL's advice for journals of this kind. The database refuses to let go of anything younger. */
const KEPT_MS = 366 * 86_400_000;

/** Takes out what is older than a year. */
export async function forgetTrail({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): Promise<void> {
  await store.db
    .deleteFrom('audit_entries')
    .where('recorded_at', '<', instantOf(clock.now() - KEPT_MS))
    .execute();
}
