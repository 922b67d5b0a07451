import { useState } from 'preact/hooks';
import type { Improvement, ServicePublication } from '../../protocol/publication.ts';
import { Dialog } from '../components/dialog.tsx';
import { failureText } from '../shell/failure-words.ts';
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
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.publication.removing;
  const remove = async () => {
    setIsSending(true);
    setFailure(null);
    const path = publicationPath(service, 'improvements', line.improvementId);
    const result = await api.sendOnly('DELETE', path);
    setIsSending(false);
    if (result.ok) props.onRemoved();
    else setFailure(failureText(result.error));
  };
  return (
    <Dialog heading={text.heading} onClose={props.onClose}>
      <p>
        <strong>{words.publication.said}</strong> {line.said}
      </p>
      <p>{text.body}</p>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={props.onClose}>
          {words.shell.cancel}
        </button>
        <button type="button" class="button button-danger" disabled={isSending} onClick={() => void remove()}>
          {text.submit}
        </button>
      </div>
    </Dialog>
  );
}
