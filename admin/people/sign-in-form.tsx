import { useEffect, useRef, useState } from 'preact/hooks';
import { type Session, sessionSchema } from '../../protocol/people.ts';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import './people.css';

/** E-mail and password, and the code of the second factor where there is one. Every refusal reads the same, so that nobody learns who has an account. */
export function SignInForm(props: { onSignedIn: (session: Session) => void; email?: string }) {
  const { api } = useShell();
  const [email, setEmail] = useState(props.email ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
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
      { email: email.trim(), password, ...(code === null || code === '' ? {} : { code: code.trim() }) },
      sessionSchema,
    );
    setIsSending(false);
    if (result.ok) return props.onSignedIn(result.value);
    const isCodeAsked =
      result.error.kind === 'problem' && result.error.problem.code === 'second-factor-needed';
    if (isCodeAsked) setCode('');
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
      {code !== null && <CodeField value={code} onValue={setCode} />}
      <button type="submit" class="button button-main" disabled={isSending}>
        {isSending ? text.submitting : text.submit}
      </button>
    </form>
  );
}

/** Shown once the password was right: the next thing to do, and so it takes the focus. */
function CodeField(props: { value: string; onValue: (code: string) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.querySelector('input')?.focus(), []);
  return (
    <div class="field" ref={ref}>
      <TextField
        label={words.people.signIn.code}
        hint={words.people.signIn.codeHint}
        name="code"
        autoComplete="one-time-code"
        value={props.value}
        onValue={props.onValue}
        isRequired
      />
    </div>
  );
}
