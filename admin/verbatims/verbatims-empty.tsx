import { Notice } from '../components/notice.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';

/** Why the list is empty, which is good news for one of them. */
export function VerbatimsEmpty({ handle }: { handle: ViewHandle }) {
  const text = words.verbatims.empty;
  const { search, state } = handle.view;
  const seeAll = (
    <a class="button" href={handle.address({ state: 'all', search: '', cursor: null })}>
      {text.seeAll}
    </a>
  );
  if (search !== '') {
    return (
      <Notice tone="empty" title={text.search(search)}>
        <p>{text.searchHelp}</p>
        {seeAll}
      </Notice>
    );
  }
  switch (state) {
    case 'unread':
      return (
        <Notice tone="empty" title={text.unread}>
          <p>{text.unreadHelp}</p>
          {seeAll}
        </Notice>
      );
    case 'hidden':
      return <Notice tone="empty" title={text.hidden} />;
    case 'read':
    case 'all':
      return (
        <Notice tone="empty" title={text.other}>
          <p>{text.otherHelp}</p>
        </Notice>
      );
  }
}
