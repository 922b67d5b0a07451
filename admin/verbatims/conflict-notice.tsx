import type { ModerationConflict, VerbatimChange } from '../../protocol/verbatims.ts';
import { Notice } from '../components/notice.tsx';
import { words } from '../words/words.ts';
import { decisionText, wantedText } from './conflict-text.ts';

/** Two people decided at once: both decisions, side by side, and the choice between them. Nothing that was typed is lost. */
export function ConflictNotice(props: {
  current: ModerationConflict;
  wanted: VerbatimChange;
  onKeep: () => void;
  onApply: () => void;
}) {
  const text = words.moderation.conflict;
  return (
    <Notice tone="fault" title={text.title}>
      <dl class="conflict">
        <dt>{text.theirs}</dt>
        <dd>{decisionText(props.current)}</dd>
        <dt>{text.yours}</dt>
        <dd>{wantedText(props.wanted)}</dd>
      </dl>
      <div class="mask-choices">
        <button type="button" class="button" onClick={props.onKeep}>
          {text.keepTheirs}
        </button>
        <button type="button" class="button" onClick={props.onApply}>
          {text.applyMine}
        </button>
      </div>
    </Notice>
  );
}
