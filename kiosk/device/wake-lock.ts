/** Keeps the screen on while the page is shown, where the browser can. It lets go by itself when the page is hidden. */
export function keepAwake(page: Document, wakeLock: WakeLock | undefined): void {
  if (wakeLock === undefined) return;
  const hold = () => {
    // Refused on a nearly empty battery, and asked again when the page is next shown.
    if (page.visibilityState === 'visible') wakeLock.request('screen').catch(() => undefined);
  };
  page.addEventListener('visibilitychange', hold);
  hold();
}
