import type { JSX } from 'preact';
import type { StaffSign as Sign } from '../kiosk.ts';
import { type Speech, fill } from '../words/speech.ts';

/** A small honest word for the desk: what waits, and whether the server can be reached. Nothing when all is well. */
export function StaffSign({
  sign,
  speech,
}: {
  readonly sign: Sign;
  readonly speech: Speech;
}): JSX.Element | null {
  const { words } = speech;
  const parts = [
    ...(sign.waiting > 0 ? [fill(speech, words.waiting, { count: sign.waiting })] : []),
    ...(sign.connection === 'unreached' ? [words.unreached] : []),
    ...(sign.connection === 'revoked' ? [words.revoked] : []),
  ];
  if (parts.length === 0) return null;
  return (
    <p class="staff-sign">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 4v10m-4-4 4 4 4-4M4 15v4h16v-4" />
      </svg>
      {parts.join(' · ')}
    </p>
  );
}
