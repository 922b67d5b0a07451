import { useState } from 'preact/hooks';
import { words } from '../words/words.ts';

/** Puts a text on the clipboard and says whether that worked. */
export function CopyButton(props: { label: string; text: string }) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setOutcome('copied');
    } catch {
      // Refused by the browser, or not offered outside HTTPS: the text stays on screen to be copied by hand.
      setOutcome('failed');
    }
  };
  return (
    <span class="copy">
      <button type="button" class="button button-small" onClick={() => void copy()}>
        {props.label}
      </button>
      <span role="status" class="copy-outcome">
        {outcome === 'copied' && words.shell.copied}
        {outcome === 'failed' && words.shell.copyFailed}
      </span>
    </span>
  );
}
