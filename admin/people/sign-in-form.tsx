import { useEffect, useRef, useState } from 'preact/hooks';
import { type Session, sessionSchema } from '../../protocol/people.ts';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import './people.css';

/** E-mail and password. Every refusal reads the same, so that nobody learns who has an account. */
export function SignInForm(props: { onSignedIn: (session: Session) => void; email?: string }) {
  const { api } = useShell();
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const failureRef = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (failure !== null) failureRef.current?.focus();
  }, [failure]);

  const submit = async (event: Event) => {
    event.preventDefault();
    setIsSending(true);
    setFailure(null);
    const result = await api.send(
      'POST',
      '/api/v1/sessions',
      { email: email.trim(), password },
      sessionSchema,
    );
    setIsSending(false);
    if (result.ok) props.onSignedIn(result.value);
    else setFailure(failureText(result.error));
  };

  const text = words.people.signIn;
  return (
    <form class="form" onSubmit={(event) => void submit(event)}>
      {failure !== null && (
        <p class="form-failure" role="alert" tabIndex={-1} ref={failureRef}>
          {failure}
        </p>
      )}
      <TextField
        label={text.email}
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onValue={setEmail}
        isRequired
      />
      <TextField
        label={text.password}
        name="password"
        type="password"
        autoComplete="current-password"
        value={password}
        onValue={setPassword}
        isRequired
      />
      <button type="submit" class="button button-main" disabled={isSending}>
        {isSending ? text.submitting : text.submit}
      </button>
    </form>
  );
}
