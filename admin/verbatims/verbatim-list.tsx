import { useState } from 'preact/hooks';
import type { Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import { Notice } from '../components/notice.tsx';
import { PAGES, pageAddress } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { isUnread, withVerbatim } from './apply-change.ts';
import { conflictText } from './conflict-text.ts';
import { HideDialog } from './hide-dialog.tsx';
import { useChange, withConflict } from './use-change.ts';
import { VerbatimCard } from './verbatim-card.tsx';
import { VerbatimsEmpty } from './verbatims-empty.tsx';

/**
 * The texts and what can be done to them. A text that was dealt with stays where it is until the list is fetched again, so that
 * nothing jumps away from under the hand.
 */
export function VerbatimList(props: {
  page: VerbatimPage;
  handle: ViewHandle;
  replace: (change: (page: VerbatimPage) => VerbatimPage) => void;
}) {
  const { page, handle, replace } = props;
  const ask = useChange();
  const [hiding, setHiding] = useState<Verbatim | null>(null);
  const [isMarkingAll, setIsMarkingAll] = useState(false);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.verbatims;

  /** Tells what kept it from being done; null when it is done. */
  const change = async (verbatim: Verbatim, wanted: VerbatimChange): Promise<string | null> => {
    const changed = await ask(verbatim, wanted);
    if (changed.kind === 'failed') return changed.text;
    const known = changed.kind === 'done' ? changed.verbatim : withConflict(verbatim, changed.current);
    replace((current) => withVerbatim(current, known));
    if (changed.kind === 'done') return null;
    // What is asked for again is asked for on what is known now.
    setHiding((open) => (open === null ? null : known));
    return `${words.moderation.conflict.title}. ${conflictText(changed.current)}`;
  };

  const changeOne = async (
    verbatim: Verbatim,
    wanted: VerbatimChange,
    done = words.moderation.said[wanted.change],
  ) => {
    const fault = await change(verbatim, wanted);
    setFailure(fault);
    if (fault === null) setSaid(done);
  };

  const unread = page.verbatims.filter(isUnread);
  const markAll = async () => {
    setIsMarkingAll(true);
    let count = 0;
    for (const verbatim of unread) {
      const fault = await change(verbatim, { change: 'mark-read' });
      setFailure(fault);
      if (fault !== null) break;
      count += 1;
    }
    setIsMarkingAll(false);
    setSaid(text.markedAll(count));
  };

  return (
    <>
      <div class="verbatims-head">
        <p class="soft">{countText(page, handle)}</p>
        <a class="button button-quiet no-print" href={pageAddress(PAGES.themes, { period: handle.period })}>
          {words.themes.link}
        </a>
        {page.mayModerate && page.toModerateCount > 0 && (
          <a
            class="button button-quiet no-print"
            href={pageAddress(PAGES.moderation, {
              organisation: handle.view.organisation,
              service: handle.view.service,
            })}
          >
            {words.moderation.link}
          </a>
        )}
        {page.mayChange && unread.length > 1 && (
          <button
            type="button"
            class="button no-print"
            disabled={isMarkingAll}
            onClick={() => void markAll()}
          >
            {text.markAllRead}
          </button>
        )}
      </div>
      <p class="visually-hidden" role="status">
        {said}
      </p>
      {failure !== null && (
        <Notice tone="fault">
          <p>{failure}</p>
        </Notice>
      )}
      {page.verbatims.length === 0 ? (
        <VerbatimsEmpty handle={handle} />
      ) : (
        <ul class="verbatims" aria-label={text.listLabel}>
          {page.verbatims.map((verbatim) => (
            <li key={`${verbatim.organisationId}/${verbatim.responseId}`}>
              <VerbatimCard
                verbatim={verbatim}
                mayChange={page.mayChange}
                mayModerate={page.mayModerate}
                themes={page.mayChange ? page.themes : []}
                onTheme={(themeId, isSet, name) =>
                  void changeOne(
                    verbatim,
                    { change: 'set-theme', themeId, isSet },
                    words.themes.said(name, isSet),
                  )
                }
                onChange={(wanted) => void changeOne(verbatim, wanted)}
                onHide={() => setHiding(verbatim)}
              />
            </li>
          ))}
        </ul>
      )}
      <Pagination page={page} handle={handle} />
      {hiding !== null && (
        <HideDialog
          onClose={() => setHiding(null)}
          onHide={async (why) => {
            const fault = await change(hiding, { change: 'hide', version: hiding.version, ...why });
            if (fault !== null) return fault;
            setHiding(null);
            setSaid(words.moderation.said.hide);
            return null;
          }}
        />
      )}
    </>
  );
}

function Pagination({ page, handle }: { page: VerbatimPage; handle: ViewHandle }) {
  const text = words.verbatims;
  if (page.nextCursor === null && handle.view.cursor === null) return null;
  return (
    <nav class="pagination no-print" aria-label={text.pagination}>
      {handle.view.cursor !== null && (
        <a class="button" href={handle.address({ cursor: null })}>
          {text.first}
        </a>
      )}
      {page.nextCursor !== null && (
        <a class="button" rel="next" href={handle.address({ cursor: page.nextCursor })}>
          {text.next}
        </a>
      )}
    </nav>
  );
}

function countText({ total, unreadCount, countedUpTo }: VerbatimPage, handle: ViewHandle): string {
  if (countedUpTo !== null && total >= countedUpTo) return words.verbatims.foundAtLeast(countedUpTo);
  return handle.view.state === 'all'
    ? words.verbatims.count(total, unreadCount)
    : words.verbatims.found(total);
}
