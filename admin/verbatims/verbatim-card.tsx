import type { Verbatim, VerbatimChange } from '../../protocol/verbatims.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatAgo, formatDay, formatLanguage } from '../words/format.ts';
import { words } from '../words/words.ts';

/** One text, exactly as it was written: it is given to the page as text, so that nothing in it is ever taken for markup. */
export function VerbatimCard(props: {
  verbatim: Verbatim;
  onChange: (change: VerbatimChange) => void;
  onHide: () => void;
}) {
  const { verbatim } = props;
  const text = words.verbatims;
  const isUnread = verbatim.readAt === null && verbatim.hidden === null;
  const isFrench = verbatim.language === 'fr' || verbatim.language.startsWith('fr-');
  return (
    <article class={isUnread ? 'verbatim verbatim-unread' : 'verbatim'}>
      <header class="verbatim-head">
        <strong>{verbatim.serviceName}</strong>
        <span class="soft">
          {verbatim.siteName}, {formatDay(verbatim.localDate)}, {text.halfDay[verbatim.halfDay]}
        </span>
        {!isFrench && <span class="tag">{text.writtenIn(formatLanguage(verbatim.language))}</span>}
        {verbatim.channel === 'phone' && <span class="tag">{text.byPhone}</span>}
        {verbatim.personalData.length > 0 && (
          <span class="tag">{text.personalData(verbatim.personalData)}</span>
        )}
        {isUnread && <span class="tag tag-unread">{text.unread}</span>}
      </header>
      <blockquote class="verbatim-text" lang={verbatim.language} dir="auto">
        {verbatim.text}
      </blockquote>
      <footer class="verbatim-foot">
        <VerbatimTrace verbatim={verbatim} />
        <div class="verbatim-actions no-print">
          {verbatim.hidden !== null ? (
            <button
              type="button"
              class="button button-small"
              onClick={() => props.onChange({ change: 'show' })}
            >
              {text.show}
            </button>
          ) : (
            <>
              <button
                type="button"
                class="button button-small"
                onClick={() =>
                  props.onChange({ change: verbatim.readAt === null ? 'mark-read' : 'mark-unread' })
                }
              >
                {verbatim.readAt === null ? text.markRead : text.markUnread}
              </button>
              <button type="button" class="button button-small button-quiet" onClick={props.onHide}>
                {text.hide}
              </button>
            </>
          )}
        </div>
      </footer>
    </article>
  );
}

function VerbatimTrace({ verbatim }: { verbatim: Verbatim }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const text = words.verbatims;
  const { hidden, readAt, readBy } = verbatim;
  const ago = (instant: string) => formatAgo(instant, now(), timeZone);
  if (hidden !== null)
    return <p class="soft small verbatim-trace">{text.hiddenBy(hidden.by, ago(hidden.at), hidden.reason)}</p>;
  if (readAt === null) return null;
  return (
    <p class="soft small verbatim-trace">{readBy === null ? text.read : text.readBy(readBy, ago(readAt))}</p>
  );
}
