import type { ComparedBy, ComparisonPanel } from '../../protocol/comparison.ts';
import { IntervalBar } from '../charts/interval-bar.tsx';
import { Sparkline } from '../charts/sparkline.tsx';
import { undisclosedText } from '../scores/figure-words.ts';
import { pageAddress, servicePath } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatShare } from '../words/format.ts';
import { periodInSentence } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { panelName } from './panel-name.ts';

/** One of the small charts: its name, its year, its figure, and what it was before. */
export function PanelCard(props: {
  panel: ComparisonPanel;
  by: ComparedBy;
  handle: ViewHandle;
  start: number;
}) {
  const { panel, by, handle, start } = props;
  const { figure, target, points, service } = panel;
  const name = panelName(by, panel);
  const share = figure.measures?.shareSatisfied ?? null;
  const { period, view } = handle;
  return (
    <article class="card comparison-panel" aria-label={name}>
      <header>
        <h3>
          {by === 'services' && service !== null ? (
            <a
              href={pageAddress(servicePath(service.organisationId, service.serviceId), {
                period,
                compare: view.compare,
              })}
            >
              {name}
            </a>
          ) : (
            name
          )}
        </h3>
        {by !== 'items' && panel.place !== '' && <p class="soft small">{panel.place}</p>}
      </header>
      <div class="comparison-figure">
        {points.length > 0 && (
          <Sparkline shares={points.map((point) => point.share)} start={start} target={target} />
        )}
        {share === null ? (
          <p>{undisclosedText(figure, panel.scaleId)}</p>
        ) : (
          <>
            <p>
              <span class="comparison-share">{formatShare(share)}</span>{' '}
              <span class="soft small">{words.scores.base(figure.base)}</span>
            </p>
            <IntervalBar axis={{ start, target }} share={share} interval={figure.interval} isMinor />
          </>
        )}
        {by !== 'periods' && (
          <p class="soft small">
            {words.comparison.before(periodInSentence(handle.comparedPeriod), comparedText(panel))}
          </p>
        )}
      </div>
    </article>
  );
}

function comparedText({ compared, scaleId }: ComparisonPanel): string {
  const share = compared.measures?.shareSatisfied ?? null;
  return share === null
    ? (undisclosedText(compared, scaleId) ?? '–')
    : `${formatShare(share)}, ${words.scores.base(compared.base)}`;
}
