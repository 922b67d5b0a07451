import { useState } from 'preact/hooks';
import { sessionListSchema } from '../../protocol/people.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useReading, useSession, useShell } from '../shell/session.tsx';
import { formatAgo, formatInstant } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Where one is signed in, and ending it. */
export function SessionsSection() {
  const { api, now, forget } = useShell();
  const { timeZone } = useSession();
  const reading = useReading('/api/v1/sessions', sessionListSchema);
  const [isAsking, setIsAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.people.sessions;
  const end = async (sessionId: string) => {
    const result = await api.sendOnly('DELETE', `/api/v1/sessions/${sessionId}`);
    setFailure(result.ok ? null : failureText(result.error));
    reading.reload();
  };
  return (
    <section class="card account stack">
      <h2>{text.heading}</h2>
      <p class="soft">{text.lead}</p>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <RemoteView handle={reading}>
        {({ sessions }) => (
          <ul class="session-list">
            {sessions.map(({ sessionId, device, createdAt, lastSeenAt, isCurrent }) => (
              <li key={sessionId}>
                <div>
                  <strong>{device === '' ? text.unknownDevice : device}</strong>
                  {isCurrent && ' '}
                  {isCurrent && <span class="session-here">{text.here}</span>}
                  <p class="soft small">
                    {text.since(formatInstant(createdAt, timeZone), formatAgo(lastSeenAt, now(), timeZone))}
                  </p>
                </div>
                {!isCurrent && (
                  <button type="button" class="button button-small" onClick={() => void end(sessionId)}>
                    {text.end}
                    <span class="visually-hidden"> {device}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </RemoteView>
      <p>
        <button type="button" class="button" onClick={() => setIsAsking(true)}>
          {text.endAll}
        </button>
      </p>
      {isAsking && (
        <ConfirmDialog
          heading={text.endAll}
          confirm={text.endAllConfirm}
          send={() => api.sendOnly('DELETE', '/api/v1/sessions')}
          onClose={() => setIsAsking(false)}
          onDone={forget}
        >
          <p>{text.endAllWhat}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
