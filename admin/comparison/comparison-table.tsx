import type { Comparison } from '../../protocol/comparison.ts';
import { WideTable } from '../components/wide-table.tsx';
import { VerdictMark } from '../scores/verdict.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { formatCount, formatShare } from '../words/format.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { panelName } from './panel-name.ts';

/** The figures of the small charts. */
export function ComparisonTable({ told, handle }: { told: Comparison; handle: ViewHandle }) {
  const text = words.comparison;
  const scores = words.scores;
  const hasCompared = told.by !== 'periods';
  return (
    <WideTable label={text.table}>
      <table class="table table-tight">
        <caption>{text.caption(text.by[told.by], periodTitle(handle.period))}</caption>
        <thead>
          <tr>
            <th scope="col">{text.by[told.by]}</th>
            <th scope="col" class="number">
              {scores.measures['share-satisfied']}
            </th>
            <th scope="col" class="number">
              {scores.overview.baseColumn}
            </th>
            <th scope="col" class="number">
              {scores.overview.intervalColumn}
            </th>
            <th scope="col">{text.verdict}</th>
            {hasCompared && (
              <>
                <th scope="col" class="number">
                  {periodTitle(handle.comparedPeriod)}
                </th>
                <th scope="col" class="number">
                  {scores.overview.baseColumn}
                </th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {told.panels.map((panel) => {
            const { figure, compared } = panel;
            return (
              <tr key={panel.key}>
                <th scope="row">{panelName(told.by, panel)}</th>
                <td class="number">{shareText(figure)}</td>
                <td class="number">{formatCount(figure.base)}</td>
                <td class="number">
                  {figure.interval === null
                    ? '–'
                    : scores.interval(figure.interval.low, figure.interval.high)}
                </td>
                <td>{figure.verdict === null ? '–' : <VerdictMark verdict={figure.verdict} />}</td>
                {hasCompared && (
                  <>
                    <td class="number">{shareText(compared)}</td>
                    <td class="number">{formatCount(compared.base)}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </WideTable>
  );
}

function shareText({ measures }: Comparison['panels'][number]['figure']): string {
  return measures === null ? '–' : formatShare(measures.shareSatisfied);
}
