import type { Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import { words } from '../words/words.ts';
import { isToModerate, isUnread } from './apply-change.ts';
import { HighlightedText } from './highlighted-text.tsx';
import { VerbatimHead } from './verbatim-head.tsx';
import { VerbatimThemes } from './verbatim-themes.tsx';
import { VerbatimTrace } from './verbatim-trace.tsx';

/** One text as it may be read, and what can be done about it. */
export function VerbatimCard(props: {
  verbatim: Verbatim;
  mayChange: boolean;
  mayModerate: boolean;
  themes: VerbatimPage['themes'];
  onTheme: (themeId: string, isSet: boolean, name: string) => void;
  onChange: (change: VerbatimChange) => void;
  onHide: () => void;
}) {
  const { verbatim } = props;
  return (
    <article class={isUnread(verbatim) ? 'verbatim verbatim-unread' : 'verbatim'}>
      <VerbatimHead verbatim={verbatim} />
      <blockquote class="verbatim-text" lang={verbatim.language} dir="auto">
        <HighlightedText text={verbatim.text} hits={verbatim.hits} />
      </blockquote>
      <footer class="verbatim-foot">
        <div class="verbatim-traces">
          <VerbatimThemes verbatim={verbatim} choices={props.themes} onTheme={props.onTheme} />
          <VerbatimTrace verbatim={verbatim} />
        </div>
        <div class="verbatim-actions no-print">
          {verbatim.hidden === null && props.mayChange && (
            <ReadButton verbatim={verbatim} onChange={props.onChange} />
          )}
          {props.mayModerate && <DecisionButtons {...props} />}
        </div>
      </footer>
    </article>
  );
}

function ReadButton(props: { verbatim: Verbatim; onChange: (change: VerbatimChange) => void }) {
  const isRead = props.verbatim.readAt !== null;
  return (
    <button
      type="button"
      class="button button-small"
      onClick={() => props.onChange({ change: isRead ? 'mark-unread' : 'mark-read' })}
    >
      {isRead ? words.verbatims.markUnread : words.verbatims.markRead}
    </button>
  );
}

function DecisionButtons(props: {
  verbatim: Verbatim;
  onChange: (change: VerbatimChange) => void;
  onHide: () => void;
}) {
  const { version, hidden } = props.verbatim;
  return (
    <>
      {isToModerate(props.verbatim) ? (
        <button
          type="button"
          class="button button-small"
          onClick={() => props.onChange({ change: 'release', version })}
        >
          {words.moderation.release}
        </button>
      ) : (
        <button
          type="button"
          class="button button-small button-quiet"
          onClick={() => props.onChange({ change: 'reopen', version })}
        >
          {words.moderation.reopen}
        </button>
      )}
      {hidden === null && (
        <button type="button" class="button button-small button-quiet" onClick={props.onHide}>
          {words.verbatims.hide}
        </button>
      )}
    </>
  );
}
