import type { ComponentChildren } from 'preact';
import { failureText } from '../shell/failure-words.ts';
import { type RemoteHandle, valueOf } from '../shell/remote.ts';
import { words } from '../words/words.ts';
import { Notice } from './notice.tsx';
import './remote-view.css';

/** Shows what was fetched; says when it is on its way, and when it did not come, with a way to try again. */
export function RemoteView<Value>(props: {
  handle: RemoteHandle<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  const { remote, reload } = props.handle;
  if (remote.kind === 'failed') {
    return (
      <Notice tone="fault" title={words.shell.failedTitle}>
        <p>{failureText(remote.failure)}</p>
        <button type="button" class="button" onClick={reload}>
          {words.shell.retry}
        </button>
      </Notice>
    );
  }
  const value = valueOf(remote);
  if (value === null) return <Skeleton />;
  return (
    <div
      class={remote.kind === 'loading' ? 'remote remote-stale' : 'remote'}
      aria-busy={remote.kind === 'loading'}
    >
      {props.children(value)}
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      <p class="visually-hidden" role="status">
        {words.shell.loading}
      </p>
      <div class="skeleton-line" />
      <div class="skeleton-block" />
      <div class="skeleton-block" />
      <div class="skeleton-block" />
    </div>
  );
}
