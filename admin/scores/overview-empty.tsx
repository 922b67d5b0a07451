import type { Overview } from '../../protocol/scores.ts';
import { periodBefore } from '../../domain/periods.ts';
import { Notice } from '../components/notice.tsx';
import { PAGES, pageAddress } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { periodInSentence } from '../words/period-words.ts';
import { words } from '../words/words.ts';

/** Why there is nothing to read, and the next thing to do. */
export function OverviewEmpty({ overview, handle }: { overview: Overview; handle: ViewHandle }) {
  const text = words.scores.empty;
  const { compare } = handle.view;
  const before = periodBefore(handle.period);
  const hasTablet = overview.services.some((service) => service.tablets.length > 0);
  if (!hasTablet) {
    return (
      <Notice tone="empty">
        <p>{text.noTablet}</p>
        <a class="button button-main" href={pageAddress(PAGES.fleet, { period: handle.period, compare })}>
          {words.scores.overview.addTablet}
        </a>
      </Notice>
    );
  }
  return (
    <Notice tone="empty">
      <p>{text.noAnswer}</p>
      <ul class="reasons">
        {text.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div class="actions">
        <a class="button" href={pageAddress(PAGES.fleet, { period: handle.period, compare })}>
          {text.seeTablets}
        </a>
        <a class="button" href={handle.address({ period: before })}>
          {text.seeBefore(periodInSentence(before))}
        </a>
      </div>
    </Notice>
  );
}
