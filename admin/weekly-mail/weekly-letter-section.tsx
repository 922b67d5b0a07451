import { useState } from 'preact/hooks';
import { weeklyLetterSchema } from '../../protocol/weekly-mail.ts';
import { RemoteView } from '../components/remote-view.tsx';
import type { ApiFailure } from '../shell/api.ts';
import { failureText } from '../shell/failure-words.ts';
import { useReading, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import './weekly-letter-section.css';

const ADDRESS = '/api/v1/weekly-letter';

/** Whether one gets the letter of Monday, and what it looks like. */
export function WeeklyLetterSection() {
  const { api } = useShell();
  const reading = useReading(ADDRESS, weeklyLetterSchema);
  const [outcome, setOutcome] = useState<'none' | 'saved' | ApiFailure>('none');
  const text = words.weeklyLetter;
  const choose = async (isWanted: boolean) => {
    const result = await api.sendOnly('PUT', ADDRESS, { isWanted });
    if (result.ok) reading.replace((known) => ({ ...known, isWanted }));
    setOutcome(result.ok ? 'saved' : result.error);
  };
  return (
    <section class="form account card weekly-letter" aria-labelledby="weekly-letter">
      <h2 id="weekly-letter">{text.heading}</h2>
      <p>{text.lead}</p>
      <RemoteView handle={reading}>
        {({ isWanted, canBeSent }) => (
          <>
            <p>
              <label class="check">
                <input
                  type="checkbox"
                  name="weekly-letter"
                  checked={isWanted}
                  onChange={(event) => void choose(event.currentTarget.checked)}
                />
                {text.wanted}
              </label>
            </p>
            {!canBeSent && <p class="soft">{text.noMail}</p>}
          </>
        )}
      </RemoteView>
      <p>
        <a href={`${ADDRESS}/preview.html`} target="_blank" rel="noopener">
          {text.preview}
        </a>
      </p>
      {outcome === 'saved' && <p role="status">{text.saved}</p>}
      {outcome !== 'saved' && outcome !== 'none' && (
        <p class="form-failure" role="alert">
          {failureText(outcome)}
        </p>
      )}
    </section>
  );
}
