/** The secret in the fragment of `/admin/#link=…`; null when there is none. A fragment is never sent to a server, nor logged. */
export function linkTokenOf(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('link');
  return token === '' ? null : token;
}
