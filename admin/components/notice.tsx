import type { ComponentChildren } from 'preact';
import './notice.css';

/** A boxed message. `fault` and `done` are read out as they appear; `empty` and `plain` are not. */
export function Notice(props: {
  tone: 'plain' | 'empty' | 'fault' | 'done';
  title?: string;
  children?: ComponentChildren;
}) {
  const role = props.tone === 'fault' ? 'alert' : props.tone === 'done' ? 'status' : undefined;
  return (
    <div class={`notice notice-${props.tone}`} role={role}>
      {props.title !== undefined && <h2 class="notice-title">{props.title}</h2>}
      {props.children}
    </div>
  );
}
