/**
 * Takes the secret of an enrolment link (`/kiosk/#code=…`) out of the address, so that it stays neither on the screen nor in the history.
 *
 * @returns null where the address holds none
 */
export function takeCodeFromAddress(location: Location, history: History): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code === null || code === '') return null;
  history.replaceState(null, '', location.pathname + location.search);
  return code;
}
