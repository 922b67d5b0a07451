import { useEffect, useState } from 'preact/hooks';
import { signInWaysSchema } from '../../protocol/people.ts';
import { Notice } from '../components/notice.tsx';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import './people.css';

/** Asks for a one-time link by e-mail; where none can be sent, says who can give one. */
export function LinkForm() {
  const { api } = useShell();
  const [canMail, setCanMail] = useState<boolean | null>(null);
  const [email, setEmail] = useState('');
  const [outcome, setOutcome] = useState<'idle' | 'sending' | 'sent'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.people.link;
  useEffect(() => {
    // Where the server cannot say, the other way in is there all the same.
    void api
      .get('/api/v1/sign-in-ways', signInWaysSchema)
      .then((result) => setCanMail(result.ok && result.value.canMailLinks));
  }, [api]);

  const submit = async (event: Event) => {
    event.preventDefault();
    setOutcome('sending');
    setFailure(null);
    const result = await api.sendOnly('POST', '/api/v1/sign-in-links', { email: email.trim() });
    setOutcome(result.ok ? 'sent' : 'idle');
    if (!result.ok) setFailure(failureText(result.error));
  };

  if (canMail === null) return null;
  if (!canMail) return <p class="soft small">{text.unset}</p>;
  return (
    <section class="card">
      <h2>{text.heading}</h2>
      <p class="soft">{text.lead}</p>
      {outcome === 'sent' ? (
        <Notice tone="done">
          <p>{text.sent(email.trim())}</p>
        </Notice>
      ) : (
        <form class="form" onSubmit={(event) => void submit(event)}>
          {failure !== null && (
            <p class="form-failure" role="alert">
              {failure}
            </p>
          )}
          <TextField
            label={words.people.signIn.email}
            name="link-email"
            type="email"
            autoComplete="email"
            value={email}
            onValue={setEmail}
            isRequired
          />
          <button type="submit" class="button" disabled={outcome === 'sending'}>
            {outcome === 'sending' ? text.sending : text.submit}
          </button>
        </form>
      )}
    </section>
  );
}
