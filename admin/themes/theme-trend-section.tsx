import { periodToText } from '../../domain/periods.ts';
import { type ThemeTrend, themeTrendSchema } from '../../protocol/themes.ts';
import { ChartFiles } from '../charts/chart-files.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { WideTable } from '../components/wide-table.tsx';
import { addressOf } from '../shell/api.ts';
import { useReading, useSession } from '../shell/session.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { formatCount } from '../words/format.ts';
import { words } from '../words/words.ts';
import { themeTrendFile } from './theme-trend-file.ts';
import { highestShare, ThemeBars } from './theme-bars.tsx';

/** Thirteen weeks of each theme as small bars of one scale, and the same figures in a table. */
export function ThemeTrendSection(props: { organisationId: string; handle: ViewHandle }) {
  const { organisationId, handle } = props;
  const reading = useReading(
    addressOf(`/api/v1/themes/${encodeURIComponent(organisationId)}/trend`, {
      period: periodToText(handle.period),
    }),
    themeTrendSchema,
  );
  const { isDemonstration } = useSession();
  const text = words.themes.trend;
  return (
    <section class="stack" aria-labelledby="theme-trend">
      <h2 id="theme-trend">{text.heading}</h2>
      <p class="soft">{text.explain}</p>
      <RemoteView handle={reading}>
        {(trend) =>
          trend.weeks.every(({ base }) => base === 0) ? (
            <p>{text.none}</p>
          ) : (
            <>
              <ul class="theme-trends">
                {mostFrequentFirst(trend).map((theme) => (
                  <li key={theme.themeId} class="theme-trend">
                    <h3>{theme.name}</h3>
                    <p class="soft small">{findingOf(trend, theme.themeId)}</p>
                    <ThemeBars trend={trend} themeId={theme.themeId} highest={highestShare(trend)} />
                  </li>
                ))}
              </ul>
              <p class="soft small">{text.legend(highestShare(trend))}</p>
              <ChartFiles
                file={themeTrendFile({
                  trend,
                  themes: mostFrequentFirst(trend),
                  countOf: (themeId) => shownCount(trend, themeId),
                  highest: highestShare(trend),
                  period: handle.period,
                  isDemonstration,
                })}
              />
              <details>
                <summary>{text.table}</summary>
                <TrendTable trend={trend} />
              </details>
            </>
          )
        }
      </RemoteView>
    </section>
  );
}

/** All that may be told of a theme: hidden weeks are in no sum. */
function shownCount({ weeks, total }: ThemeTrend, themeId: string): number {
  if (total !== null) return total.counts[themeId] ?? 0;
  return weeks.reduce((sum, { counts }) => sum + (counts?.[themeId] ?? 0), 0);
}

function mostFrequentFirst(trend: ThemeTrend): ThemeTrend['themes'] {
  return trend.themes.toSorted((a, b) => shownCount(trend, b.themeId) - shownCount(trend, a.themeId));
}

function findingOf(trend: ThemeTrend, themeId: string): string {
  const count = shownCount(trend, themeId);
  return trend.total === null
    ? words.themes.trend.weeksFinding(count)
    : words.themes.trend.finding(count, trend.total.base);
}

function TrendTable({ trend }: { trend: ThemeTrend }) {
  const text = words.themes.trend;
  return (
    <WideTable label={text.caption}>
      <table class="table">
        <caption class="visually-hidden">{text.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.themes.theme}</th>
            {trend.weeks.map(({ week }) => (
              <th key={week} scope="col" class="number">
                {text.week(week)}
              </th>
            ))}
            <th scope="col" class="number">
              {text.total}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{text.base}</th>
            {trend.weeks.map(({ week, base }) => (
              <td key={week} class="number">
                {formatCount(base)}
              </td>
            ))}
            <td class="number">{trend.total === null ? text.totalHidden : formatCount(trend.total.base)}</td>
          </tr>
          {trend.themes.map(({ themeId, name }) => (
            <tr key={themeId}>
              <th scope="row">{name}</th>
              {trend.weeks.map(({ week, counts }) => (
                <td key={week} class="number" title={counts === null ? text.hiddenTitle : undefined}>
                  {counts === null ? text.hidden : formatCount(counts[themeId] ?? 0)}
                </td>
              ))}
              <td class="number">
                {trend.total === null ? text.totalHidden : formatCount(trend.total.counts[themeId] ?? 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
