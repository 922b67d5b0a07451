import type { Improvement, ServicePublication } from '../../protocol/publication.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { publicationPath } from './publication-path.ts';

/** Asks once more before a line is gone. */
export function RemoveDialog(props: {
  service: ServicePublication;
  line: Improvement;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { service, line } = props;
  const { api } = useShell();
  const text = words.publication.removing;
  return (
    <ConfirmDialog
      heading={text.heading}
      confirm={text.submit}
      send={() => api.sendOnly('DELETE', publicationPath(service, 'improvements', line.improvementId))}
      onClose={props.onClose}
      onDone={props.onRemoved}
    >
      <p>
        <strong>{words.publication.said}</strong> {line.said}
      </p>
      <p>{text.body}</p>
    </ConfirmDialog>
  );
}
