import type { TabletState } from '../../protocol/fleet.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';

/** Asks once more before a tablet is taken out of service, and says what would be lost. */
export function RevokeDialog(props: { tablet: TabletState; onClose: () => void; onRevoked: () => void }) {
  const { organisationId, enrolmentId, pointName, outboxDepth } = props.tablet;
  const { api } = useShell();
  const text = words.fleet;
  const path = `/api/v1/fleet/enrolments/${encodeURIComponent(organisationId)}/${enrolmentId}/revocation`;
  return (
    <ConfirmDialog
      heading={text.revokeHeading}
      confirm={text.revokeConfirm}
      send={() => api.sendOnly('POST', path, {})}
      onClose={props.onClose}
      onDone={props.onRevoked}
    >
      <p>{text.revokeBody(pointName)}</p>
      {outboxDepth > 0 && <p class="form-failure">{text.revokeWaiting(outboxDepth)}</p>}
    </ConfirmDialog>
  );
}
