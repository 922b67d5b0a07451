/** Keeps the screen on while the page is shown, where the browser can. It lets go by itself when the page is hidden. */
export function keepAwake(
  page: Document,
  wakeLock: WakeLock | undefined,
  onError: (code: string) => void,
): void {
  if (wakeLock === undefined) return;
  const hold = () => {
    if (page.visibilityState === 'visible')
      wakeLock.request('screen').catch(() => onError('screen-may-sleep'));
  };
  page.addEventListener('visibilitychange', hold);
  hold();
}
