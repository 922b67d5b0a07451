import { type Comfort, NO_COMFORT } from '../../domain/comfort.ts';
import { comfortOf } from '../../domain/visit.ts';
import type { Kiosk } from '../kiosk.ts';

interface ComfortPorts {
  /** Fetches, from the device, how the comforts look. */
  readonly loadModes: () => Promise<unknown>;
  readonly loadListening: () => Promise<typeof import('./listen.part.ts')>;
  readonly onError: (code: string) => void;
}

/** Writes on the page what its visitor has switched on, which is what the style sheets go by. */
export function followComfort(
  kiosk: Pick<Kiosk, 'view' | 'subscribe'>,
  root: HTMLElement,
  { loadModes, loadListening, onError }: ComfortPorts,
): void {
  let shown: Comfort = NO_COMFORT;
  let stopListening: (() => void) | null = null;

  async function follow(comfort: Comfort): Promise<void> {
    if (comfort.length > 0) await loadModes();
    if (!comfort.includes('spoken')) {
      stopListening?.();
      stopListening = null;
    } else if (stopListening === null) {
      const { listen } = await loadListening();
      // By now it may have been switched off, or on twice.
      if (shown.includes('spoken')) stopListening ??= listen(root.ownerDocument, speechSynthesis);
    }
  }

  kiosk.subscribe(() => {
    const { view } = kiosk;
    const comfort = view.kind === 'serving' ? comfortOf(view.visit) : NO_COMFORT;
    if (comfort === shown) return;
    shown = comfort;
    root.dataset['comfort'] = comfort.join(' ');
    // Not even that there was something is left for the next visitor.
    if (comfort.length === 0) delete root.dataset['comfort'];
    // What could not be had is asked for again when the next is switched on.
    follow(comfort).catch(() => onError('comfort-not-loaded'));
  });
}
