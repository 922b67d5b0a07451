import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Result } from '../../domain/result.ts';
import type { ApiFailure } from '../shell/api.ts';
import { failureText } from '../shell/failure-words.ts';
import { words } from '../words/words.ts';
import { Dialog } from './dialog.tsx';

/** Asks once more before something cannot be taken back, does it when it is meant, and says why it could not be done. */
export function ConfirmDialog(props: {
  heading: string;
  /** What would be done, and what would be lost. */
  children: ComponentChildren;
  confirm: string;
  send: () => Promise<Result<void, ApiFailure>>;
  onClose: () => void;
  onDone: () => void;
}) {
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async () => {
    setIsSending(true);
    setFailure(null);
    const result = await props.send();
    setIsSending(false);
    if (result.ok) props.onDone();
    else setFailure(failureText(result.error));
  };
  return (
    <Dialog heading={props.heading} onClose={props.onClose}>
      {props.children}
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={props.onClose}>
          {words.shell.cancel}
        </button>
        <button type="button" class="button button-danger" disabled={isSending} onClick={() => void send()}>
          {props.confirm}
        </button>
      </div>
    </Dialog>
  );
}
