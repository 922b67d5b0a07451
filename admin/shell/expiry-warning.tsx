import { useEffect, useState } from 'preact/hooks';
import { sessionSchema } from '../../protocol/people.ts';
import { formatTime } from '../words/format.ts';
import { words } from '../words/words.ts';
import { useSession, useShell } from './session.tsx';
import './expiry-warning.css';

const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;
/** Long enough to finish a sentence (WCAG 2.2.1 asks for 20 seconds). */
const IDLE_WARNING_MS = 4 * MINUTE_MS;
const END_WARNING_MS = 5 * MINUTE_MS;
/** The server writes a sign of life once a minute at most, so that it may count from a minute earlier than we do. */
const SERVER_LAG_MS = MINUTE_MS;

type Warning = { readonly kind: 'idle' } | { readonly kind: 'end'; readonly at: string };

/** Says in time that the session is about to end. It stands beside the page and takes nothing from it: what is being typed stays. */
export function ExpiryWarning() {
  const { api, now, lastContactMs, renew } = useShell();
  const { idleMs, expiresAt, timeZone } = useSession();
  const [nowMs, setNowMs] = useState(now());
  const [dismissed, setDismissed] = useState<string | null>(null);
  const text = words.shell.expiry;
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const warning = warningAt(nowMs, lastContactMs() + idleMs - SERVER_LAG_MS, expiresAt);
  if (warning === null || (warning.kind === 'end' && dismissed === warning.at)) return null;
  const stay = async () => {
    const result = await api.get('/api/v1/session', sessionSchema);
    if (result.ok) renew(result.value);
    setNowMs(now());
  };
  return (
    <div class="expiry-warning no-print" role="alert">
      <p>{warning.kind === 'idle' ? text.idle : text.end(formatTime(warning.at, timeZone))}</p>
      {warning.kind === 'idle' ? (
        <button type="button" class="button button-main" onClick={() => void stay()}>
          {text.stay}
        </button>
      ) : (
        <button type="button" class="button" onClick={() => setDismissed(warning.at)}>
          {text.understood}
        </button>
      )}
    </div>
  );
}

function warningAt(nowMs: number, idleEndsMs: number, expiresAt: string): Warning | null {
  const endsMs = Date.parse(expiresAt);
  if (nowMs >= endsMs || nowMs >= idleEndsMs + SERVER_LAG_MS) return null;
  if (nowMs >= endsMs - END_WARNING_MS) return { kind: 'end', at: expiresAt };
  return nowMs >= idleEndsMs - IDLE_WARNING_MS ? { kind: 'idle' } : null;
}
