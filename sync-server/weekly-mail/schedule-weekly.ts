import { Cron } from 'croner';
import { sendDueLetters, type WeeklyPorts } from './send-weekly.ts';

/** Seven o’clock strikes in every zone at one of them; whatever the mail server would not take is tried again at the next. */
const EVERY_TEN_MINUTES = '*/10 * * * *';

/** Looks every ten minutes whose letter is due, in one process of all. Returns the way to call it off. */
export function scheduleWeeklyLetters(ports: WeeklyPorts): () => void {
  const job = new Cron(EVERY_TEN_MINUTES, { protect: true, unref: true }, async () => {
    try {
      await ports.store.runAlone('weekly-letters', async () => sendDueLetters(ports));
    } catch (error) {
      ports.log.error({ err: error }, 'the weekly letters could not be looked at');
    }
  });
  return () => job.stop();
}
