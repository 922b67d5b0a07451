import { useState } from 'preact/hooks';
import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';

/** Asks for a code of the authenticator, or one for recovery. */
export function CodeForm(props: {
  submit: string;
  onCode: (code: string) => Promise<void>;
  onCancel?: () => void;
}) {
  const [code, setCode] = useState('');
  const [isSending, setIsSending] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    setIsSending(true);
    await props.onCode(code.trim());
    setIsSending(false);
  };
  return (
    <form class="form" onSubmit={(event) => void send(event)}>
      <TextField
        label={words.people.signIn.code}
        hint={words.people.signIn.codeHint}
        name="second-factor-code"
        autoComplete="one-time-code"
        value={code}
        onValue={setCode}
        isRequired
      />
      <div class="form-actions">
        <button type="submit" class="button button-main" disabled={isSending}>
          {props.submit}
        </button>
        {props.onCancel !== undefined && (
          <button type="button" class="button" onClick={props.onCancel}>
            {words.shell.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
