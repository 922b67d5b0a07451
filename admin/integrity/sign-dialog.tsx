import { useState } from 'preact/hooks';
import { REASON_MIN_LENGTH } from '../../protocol/integrity.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';

/** Asks for the reason in words, without which nothing is signed. */
export function SignDialog(props: {
  heading: string;
  lead: string;
  note?: string;
  confirm: string;
  /** Resolves with what went wrong, or null. */
  onSign: (reason: string) => Promise<string | null>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.integrity;
  const submit = async (event: Event) => {
    event.preventDefault();
    const given = reason.trim();
    const isTooShort = given.length < REASON_MIN_LENGTH || !/\p{L}{2}/u.test(given);
    setIsMissing(isTooShort);
    if (isTooShort) return;
    setIsSending(true);
    setFailure(await props.onSign(given));
    setIsSending(false);
  };
  return (
    <Dialog heading={props.heading} onClose={props.onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <p>{props.lead}</p>
        {props.note !== undefined && <p class="soft small">{props.note}</p>}
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <TextField
          label={text.reason}
          hint={text.reasonHint}
          name="reason"
          value={reason}
          onValue={setReason}
          fault={isMissing ? text.reasonMissing : undefined}
          isRequired
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {props.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
