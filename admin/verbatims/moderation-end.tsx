import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { Notice } from '../components/notice.tsx';
import { PAGES } from '../shell/url-state.ts';
import { words } from '../words/words.ts';

/** Behind the last text of a round: nothing waits any more, or there is more to fetch. */
export function ModerationEnd(props: { page: VerbatimPage; onReload: () => void }) {
  const text = words.moderation;
  if (props.page.toModerateCount === 0)
    return (
      <Notice tone="empty" title={text.done}>
        <p>{text.doneHelp}</p>
        <a class="button" href={PAGES.verbatims}>
          {text.toVerbatims}
        </a>
      </Notice>
    );
  return (
    <Notice tone="empty" title={text.roundDone}>
      <p>{text.roundDoneHelp}</p>
      <button type="button" class="button button-main" onClick={props.onReload}>
        {text.loadMore}
      </button>
    </Notice>
  );
}
