import { useId, useState } from 'preact/hooks';
import * as v from 'valibot';
import {
  MAX_RESCUE_BYTES,
  type RescueFile,
  rescueFileSchema,
  type RescueReply,
  rescueReplySchema,
} from '../../protocol/rescue.ts';
import { Dialog } from '../components/dialog.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import type { ApiFailure } from '../shell/api.ts';
import { words } from '../words/words.ts';

/** Imports the answers a tablet could not send any more, and says what became of each. */
export function RescueDialog({ onClose }: { onClose: () => void }) {
  const { api } = useShell();
  const id = useId();
  const [chosen, setChosen] = useState<File | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [reply, setReply] = useState<RescueReply | null>(null);
  const text = words.fleet.rescue;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (chosen === null) return setFault(text.none);
    const file = await readRescueFile(chosen);
    if (file === null) return setFault(text.notOne);
    setIsSending(true);
    const result = await api.send('POST', '/api/v1/fleet/rescues', file, rescueReplySchema);
    setIsSending(false);
    if (result.ok) setReply(result.value);
    else setFault(rescueFailureText(result.error));
  };
  return (
    <Dialog heading={text.heading} onClose={onClose}>
      {reply === null ? (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <div class="field">
            <label for={id}>{text.label}</label>
            <p class="field-hint">{text.hint}</p>
            <input
              id={id}
              type="file"
              accept=".json,application/json"
              onChange={(event) => {
                setChosen(event.currentTarget.files?.[0] ?? null);
                setFault(null);
              }}
            />
          </div>
          {fault !== null && (
            <p class="form-failure" role="alert">
              {fault}
            </p>
          )}
          <div class="dialog-actions">
            <button type="button" class="button" onClick={onClose}>
              {words.shell.cancel}
            </button>
            <button type="submit" class="button button-main" disabled={isSending}>
              {isSending ? text.sending : text.submit}
            </button>
          </div>
        </form>
      ) : (
        <Imported reply={reply} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Imported({ reply, onClose }: { reply: RescueReply; onClose: () => void }) {
  const text = words.fleet.rescue;
  return (
    <div role="status">
      <p>{text.from(reply.pointName)}</p>
      <ul>
        <li>{text.accepted(reply.accepted)}</li>
        {reply.duplicate > 0 && <li>{text.duplicate(reply.duplicate)}</li>}
        {reply.erased > 0 && <li>{text.erased(reply.erased)}</li>}
        {reply.quarantined > 0 && <li>{text.quarantined(reply.quarantined)}</li>}
      </ul>
      {reply.setAside.length > 0 && (
        <ul class="small">
          {reply.setAside.map(({ responseId, reason }) => (
            <li key={responseId}>{reason}</li>
          ))}
        </ul>
      )}
      <div class="dialog-actions">
        <button type="button" class="button button-main" onClick={onClose}>
          {text.done}
        </button>
      </div>
    </div>
  );
}

/** null where the file is none of ours. */
async function readRescueFile(chosen: File): Promise<RescueFile | null> {
  if (chosen.size > MAX_RESCUE_BYTES) return null;
  try {
    const decoded = v.safeParse(rescueFileSchema, JSON.parse(await chosen.text()));
    return decoded.success ? decoded.output : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function rescueFailureText(failure: ApiFailure): string {
  const text = words.fleet.rescue;
  if (failure.kind !== 'problem') return failureText(failure);
  if (failure.problem.code === 'unprocessable') return text.damaged;
  return failure.problem.code === 'not-found' ? text.unknown : failureText(failure);
}
