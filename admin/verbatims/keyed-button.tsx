import type { ComponentChildren } from 'preact';
import { words } from '../words/words.ts';
import { KEYS, type KeyedDeed } from './moderation-keys.ts';

/** A button that shows its key. */
export function KeyedButton(props: {
  deed: KeyedDeed;
  areKeysOn: boolean;
  class?: string;
  isDisabled?: boolean;
  onDeed: (deed: KeyedDeed) => void;
  children: ComponentChildren;
}) {
  const { deed } = props;
  return (
    <button
      type="button"
      class={`button ${props.class ?? ''}`}
      disabled={props.isDisabled ?? false}
      aria-keyshortcuts={props.areKeysOn ? KEYS[deed].toLowerCase() : undefined}
      onClick={() => props.onDeed(deed)}
    >
      {props.children}{' '}
      {props.areKeysOn && (
        <kbd class="key no-print" aria-hidden="true" title={words.moderation.keys.press(KEYS[deed])}>
          {KEYS[deed]}
        </kbd>
      )}
    </button>
  );
}
