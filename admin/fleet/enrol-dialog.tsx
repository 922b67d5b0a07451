import { useId, useState } from 'preact/hooks';
import { type EnrolmentCodeReply, enrolmentCodeReplySchema } from '../../protocol/enrolment.ts';
import type { PointState } from '../../protocol/fleet.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatInstant } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Choose where the tablet will stand, get a code and a link for it, once. */
export function EnrolDialog(props: { points: readonly PointState[]; onClose: () => void }) {
  const [reply, setReply] = useState<EnrolmentCodeReply | null>(null);
  return (
    <Dialog heading={words.fleet.enrol.heading} onClose={props.onClose}>
      {reply === null ? (
        <PointForm points={props.points} onReply={setReply} onClose={props.onClose} />
      ) : (
        <CodeShown reply={reply} onClose={props.onClose} />
      )}
    </Dialog>
  );
}

function PointForm(props: {
  points: readonly PointState[];
  onReply: (reply: EnrolmentCodeReply) => void;
  onClose: () => void;
}) {
  const { api } = useShell();
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.fleet.enrol;
  const submit = async (event: Event) => {
    event.preventDefault();
    const point = props.points[chosen];
    if (point === undefined) return;
    setIsSending(true);
    setFailure(null);
    const result = await api.send(
      'POST',
      '/api/v1/fleet/enrolment-codes',
      { organisationId: point.organisationId, pointId: point.pointId },
      enrolmentCodeReplySchema,
    );
    setIsSending(false);
    if (result.ok) props.onReply(result.value);
    else setFailure(failureText(result.error));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <div class="field">
        <label for={id}>{text.choose}</label>
        <select id={id} value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
          {props.points.map((point, index) => (
            <option key={`${point.organisationId}/${point.pointId}`} value={index}>
              {point.pointName} – {point.serviceName}
              {point.status === 'in-preparation' && ` (${text.inPreparation})`}
            </option>
          ))}
        </select>
      </div>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={props.onClose}>
          {words.shell.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={isSending || props.points.length === 0}>
          {text.submit}
        </button>
      </div>
    </form>
  );
}

function CodeShown({ reply, onClose }: { reply: EnrolmentCodeReply; onClose: () => void }) {
  const { timeZone } = useSession();
  const text = words.fleet.enrol;
  return (
    <div class="enrol-reply" role="status">
      <p class="soft">{text.steps}</p>
      <p class="field-hint">{text.code}</p>
      <p class="enrol-code" data-testid="enrolment-code">
        {reply.code}
      </p>
      <CopyButton label={text.copyCode} text={reply.code} />
      <p class="field-hint">{text.link}</p>
      <p class="enrol-link" data-testid="enrolment-link">
        {reply.url}
      </p>
      <CopyButton label={text.copyLink} text={reply.url} />
      <p class="small">{text.once(formatInstant(reply.expiresAt, timeZone))}</p>
      <div class="dialog-actions">
        <button type="button" class="button button-main" onClick={onClose}>
          {text.done}
        </button>
      </div>
    </div>
  );
}
