import { useState } from 'preact/hooks';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';

/** As the server asks it. */
const MIN_REASON_LENGTH = 3;

/**
 * Why a text is to be hidden; nobody hides one without saying. `onHide` tells what kept it from being done, and the dialog then stays,
 * with what was typed.
 */
export function HideDialog(props: {
  onClose: () => void;
  onHide: (reason: string) => Promise<string | null>;
}) {
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.verbatims;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (reason.trim().length < MIN_REASON_LENGTH) {
      setFault(text.hideReasonMissing);
      return;
    }
    setIsSending(true);
    setFailure(await props.onHide(reason.trim()));
    setIsSending(false);
  };
  return (
    <Dialog heading={text.hideHeading} onClose={props.onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <p>{text.hideBody}</p>
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <TextField
          label={text.hideReason}
          hint={text.hideReasonHint}
          name="reason"
          value={reason}
          onValue={setReason}
          fault={fault}
          isRequired
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {text.hideConfirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
