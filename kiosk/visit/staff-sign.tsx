import type { JSX } from 'preact';
import type { StaffSign as Sign } from '../kiosk.ts';
import { STAFF_SIGN_WORDS } from '../words/fr/staff-sign-words.ts';
import { fill } from '../words/speech.ts';
import { FRENCH_SPEECH } from '../words/speeches.ts';

/** A small honest word for the desk: what waits, and whether the server can be reached. Nothing when all is well. */
export function StaffSign({ sign }: { readonly sign: Sign }): JSX.Element | null {
  const parts = [
    ...(sign.waiting > 0 ? [fill(FRENCH_SPEECH, STAFF_SIGN_WORDS.waiting, { count: sign.waiting })] : []),
    ...(sign.connection === 'unreached' ? [STAFF_SIGN_WORDS.unreached] : []),
    ...(sign.connection === 'revoked' ? [STAFF_SIGN_WORDS.revoked] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <p class="staff-sign" lang="fr" dir="ltr">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 4v10m-4-4 4 4 4-4M4 15v4h16v-4" />
      </svg>
      {parts.join(' · ')}
    </p>
  );
}
