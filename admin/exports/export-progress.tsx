import { Notice } from '../components/notice.tsx';
import { failureText } from '../shell/failure-words.ts';
import { words } from '../words/words.ts';
import type { DownloadState } from './use-download.ts';

/** How far an export is, or what became of it. */
export function ExportProgressBlock({ state, onCancel }: { state: DownloadState; onCancel: () => void }) {
  const text = words.exports.page;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'running': {
      const { progress } = state;
      const said = progress === null ? text.preparing : text.progress(progress.rows, progress.total);
      return (
        <div class="export-progress">
          <p role="status">{said}</p>
          {progress === null ? (
            <progress aria-label={said} />
          ) : (
            <progress aria-label={said} value={progress.rows} max={Math.max(1, progress.total)} />
          )}
          <button type="button" class="button" onClick={onCancel}>
            {text.cancel}
          </button>
        </div>
      );
    }
    case 'cancelled':
      return <p role="status">{text.cancelled}</p>;
    case 'failed':
      return (
        <Notice tone="fault" title={text.brokenTitle}>
          <p>{state.failure.kind === 'problem' ? failureText(state.failure) : text.broken}</p>
        </Notice>
      );
    case 'done':
      return <p role="status">{text.done(state.fileName)}</p>;
  }
}
