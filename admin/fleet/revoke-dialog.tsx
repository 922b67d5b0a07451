import { useState } from 'preact/hooks';
import type { TabletState } from '../../protocol/fleet.ts';
import { Dialog } from '../components/dialog.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';

/** Asks once more before a tablet is taken out of service, and says what would be lost. */
export function RevokeDialog(props: { tablet: TabletState; onClose: () => void; onRevoked: () => void }) {
  const { tablet } = props;
  const { api } = useShell();
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.fleet;
  const revoke = async () => {
    setIsSending(true);
    setFailure(null);
    const path = `/api/v1/fleet/enrolments/${encodeURIComponent(tablet.organisationId)}/${tablet.enrolmentId}/revocation`;
    const result = await api.sendOnly('POST', path, {});
    setIsSending(false);
    if (result.ok) props.onRevoked();
    else setFailure(failureText(result.error));
  };
  return (
    <Dialog heading={text.revokeHeading} onClose={props.onClose}>
      <p>{text.revokeBody(tablet.pointName)}</p>
      {tablet.outboxDepth > 0 && <p class="form-failure">{text.revokeWaiting(tablet.outboxDepth)}</p>}
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={props.onClose}>
          {words.shell.cancel}
        </button>
        <button type="button" class="button button-danger" disabled={isSending} onClick={() => void revoke()}>
          {text.revokeConfirm}
        </button>
      </div>
    </Dialog>
  );
}
