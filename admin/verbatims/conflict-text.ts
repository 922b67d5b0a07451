import type { ModerationConflict, VerbatimChange } from '../../protocol/verbatims.ts';
import { words } from '../words/words.ts';

/** What somebody else has decided, in one sentence. */
export function conflictText(current: ModerationConflict): string {
  const text = words.moderation;
  return `${text.conflict.theirs} ${decisionText(current)}.`;
}

/** What is decided now: by whom, and why. */
export function decisionText({ hidden, released, masked, masks }: ModerationConflict): string {
  const text = words.moderation;
  if (hidden !== null) return text.conflict.hidden(hidden.by, hidden.category, hidden.reason);
  if (released !== null) return text.conflict.released(released.by, masks.length);
  return text.conflict.open(masked?.by ?? null, masks.length);
}

/** What one had wanted oneself. */
export function wantedText(wanted: VerbatimChange): string {
  const text = words.moderation.conflict;
  switch (wanted.change) {
    case 'release':
      return text.wantedRelease;
    case 'reopen':
      return text.wantedReopen;
    case 'hide':
      return text.wantedHide(wanted.category, wanted.reason);
    case 'mask':
      return text.wantedMasks(wanted.masks.length);
    case 'mark-read':
    case 'mark-unread':
    case 'set-theme':
      return words.moderation.said[wanted.change];
  }
}
