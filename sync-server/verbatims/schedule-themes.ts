import { Cron } from 'croner';
import type { Store } from '../store/store.ts';
import { applyThemes } from './apply-themes.ts';

/** Holds new texts against the lists of words each minute, one process at a time. Returns the way to call it off. */
export function scheduleThemes({
  store,
  log,
}: {
  readonly store: Store;
  readonly log: { error(facts: object, message: string): void };
}): () => void {
  const job = new Cron('* * * * *', { protect: true, unref: true }, async () => {
    try {
      await store.runAlone('themes', async () => void (await applyThemes(store)));
    } catch (error) {
      // It is tried again in a minute, from where it was.
      log.error({ err: error }, 'the themes of new texts could not be read');
    }
  });
  return () => job.stop();
}
