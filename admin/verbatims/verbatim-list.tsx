import { useState } from 'preact/hooks';
import type { Verbatim, VerbatimChange, VerbatimPage } from '../../protocol/verbatims.ts';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { applyChange } from './apply-change.ts';
import { HideDialog } from './hide-dialog.tsx';
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
  const { api, now } = useShell();
  const { person } = useSession();
  const [hiding, setHiding] = useState<Verbatim | null>(null);
  const [isMarkingAll, setIsMarkingAll] = useState(false);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.verbatims;

  /** Tells what kept it from being done; null when it is done. */
  const change = async (verbatim: Verbatim, wanted: VerbatimChange): Promise<string | null> => {
    const path = `/api/v1/verbatims/${encodeURIComponent(verbatim.organisationId)}/${verbatim.responseId}`;
    const result = await api.sendOnly('PATCH', path, wanted);
    if (!result.ok) return failureText(result.error);
    const at = new Date(now()).toISOString();
    replace((current) => applyChange(current, verbatim.responseId, wanted, person.name, at));
    return null;
  };

  const changeOne = async (verbatim: Verbatim, wanted: VerbatimChange) => {
    const fault = await change(verbatim, wanted);
    setFailure(fault);
    if (fault === null && wanted.change === 'show') setSaid(text.shown);
  };

  const unread = page.verbatims.filter((verbatim) => verbatim.readAt === null && verbatim.hidden === null);
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
        {unread.length > 1 && (
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
          onHide={async (reason) => {
            const fault = await change(hiding, { change: 'hide', reason });
            if (fault !== null) return fault;
            setHiding(null);
            setSaid(text.hidden);
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

function countText(page: VerbatimPage, handle: ViewHandle): string {
  const { state } = handle.view;
  return state === 'all'
    ? words.verbatims.count(page.total, page.unreadCount)
    : words.verbatims.found(page.total);
}
