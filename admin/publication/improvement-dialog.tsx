import { useId, useState } from 'preact/hooks';
import {
  type Improvement,
  IMPROVEMENT_MAX_LENGTH,
  improvementReplySchema,
  type ServicePublication,
} from '../../protocol/publication.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { publicationPath } from './publication-path.ts';

/** Writes a line, or words it anew. */
export function ImprovementDialog(props: {
  service: ServicePublication;
  /** null for a new one. */
  line: Improvement | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { service, line } = props;
  const { api } = useShell();
  const { today } = useSession();
  const dayId = useId();
  const [said, setSaid] = useState(line?.said ?? '');
  const [done, setDone] = useState(line?.done ?? '');
  const [shownFrom, setShownFrom] = useState<string>(line?.shownFrom ?? today);
  const [isChecked, setIsChecked] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.publication.form;
  const faults = { said: faultOf(said), done: faultOf(done) };
  const submit = async (event: Event) => {
    event.preventDefault();
    setIsChecked(true);
    setFailure(null);
    if (faults.said !== undefined || faults.done !== undefined) return;
    setIsSending(true);
    const body = { said, done, shownFrom: shownFrom === '' ? today : shownFrom };
    const result =
      line === null
        ? await api.send('POST', publicationPath(service, 'improvements'), body, improvementReplySchema)
        : await api.sendOnly('PUT', publicationPath(service, 'improvements', line.improvementId), body);
    setIsSending(false);
    if (result.ok) props.onSaved();
    else setFailure(failureText(result.error));
  };
  const heading = line === null ? text.addHeading : text.changeHeading;
  return (
    <Dialog heading={heading(service.serviceName)} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <TextField
          label={text.said}
          name="said"
          value={said}
          hint={text.saidHint(IMPROVEMENT_MAX_LENGTH)}
          fault={isChecked ? faults.said : undefined}
          isRequired
          onValue={setSaid}
        />
        <TextField
          label={text.done}
          name="done"
          value={done}
          hint={text.doneHint(IMPROVEMENT_MAX_LENGTH)}
          fault={isChecked ? faults.done : undefined}
          isRequired
          onValue={setDone}
        />
        <div class="field">
          <label for={dayId}>{text.shownFrom}</label>
          <input
            id={dayId}
            type="date"
            class="publication-day"
            value={shownFrom}
            onInput={(event) => setShownFrom(event.currentTarget.value)}
          />
        </div>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {text.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function faultOf(typed: string): string | undefined {
  const { length } = typed.trim();
  if (length === 0) return words.publication.form.missing;
  return length > IMPROVEMENT_MAX_LENGTH
    ? words.publication.form.tooLong(length, IMPROVEMENT_MAX_LENGTH)
    : undefined;
}
