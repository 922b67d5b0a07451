/**
 * Takes the code out of the address (`/visite/#…`), so that it stays neither on the screen nor in the history.
 *
 * @returns null where the address holds none
 */
export function takeCode(location: Location, history: History): string | null {
  const code = location.hash.slice(1);
  if (code === '') return null;
  history.replaceState(null, '', location.pathname);
  return code;
}
