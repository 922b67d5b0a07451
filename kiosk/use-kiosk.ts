import { useLayoutEffect, useState } from 'preact/hooks';
import type { Kiosk, KioskView } from './kiosk.ts';

/** Follows the engine's view. */
export function useKiosk(kiosk: Kiosk): KioskView {
  const [view, setView] = useState(kiosk.view);
  useLayoutEffect(() => {
    // The engine may have moved between the first render and this subscription.
    setView(kiosk.view);
    return kiosk.subscribe(() => setView(kiosk.view));
  }, [kiosk]);
  return view;
}
