import { createSignInLink, type ParvisServer } from './parvis-server.ts';

const EMAIL = 'bench@localhost.example';

/** Signs in as people do, with a one-time link; the cookie of the session. */
export async function signedInCookie(server: ParvisServer): Promise<string> {
  const link = new URL(await createSignInLink(server, EMAIL));
  const token = new URLSearchParams(link.hash.slice(1)).get('link');
  const redeemed = await fetch(`${server.origin}/api/v1/sign-in-link-redemptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.origin },
    body: JSON.stringify({ token }),
  });
  if (redeemed.status !== 201) throw new Error(`The bench could not sign in: ${await redeemed.text()}`);
  return redeemed.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
