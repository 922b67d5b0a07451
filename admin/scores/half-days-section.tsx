import { periodToText } from '../../domain/periods.ts';
import { type HalfDays, halfDaysSchema, type ServiceDetail } from '../../protocol/scores.ts';
import { ChartFiles } from '../charts/chart-files.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { WideTable } from '../components/wide-table.tsx';
import { addressOf } from '../shell/api.ts';
import { useReading } from '../shell/session.tsx';
import type { ViewHandle } from '../shell/view.ts';
import { formatCount, formatDate, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';
import { bandOf, cellOf, halfDaysFinding, placeText, shareOrWhy, weekdaysOf } from './half-day-cells.ts';
import { halfDaysFile } from './half-days-file.ts';
import { VerdictMark } from './verdict.tsx';
import './half-days.css';

const HALVES = ['am', 'pm'] as const;

/** When in the week a service is liked more and less: the global question by weekday and half-day. It is read by itself, so that the page does not wait for it. */
export function HalfDaysSection(props: { service: ServiceDetail['service']; handle: ViewHandle }) {
  const { service, handle } = props;
  const path = `/api/v1/scores/services/${encodeURIComponent(service.organisationId)}/${encodeURIComponent(service.serviceId)}/half-days`;
  const reading = useReading(addressOf(path, { period: periodToText(handle.period) }), halfDaysSchema);
  return (
    <section class="card stack" aria-labelledby="demi-journees">
      <h2 id="demi-journees">{words.halfDays.heading}</h2>
      <RemoteView handle={reading}>
        {(told) => <Body told={told} serviceName={service.serviceName} handle={handle} />}
      </RemoteView>
    </section>
  );
}

function Body({ told, serviceName, handle }: { told: HalfDays; serviceName: string; handle: ViewHandle }) {
  const text = words.halfDays;
  const hasHidden = told.cells.some(({ figure }) => figure.disclosure === 'hidden');
  return (
    <>
      <p class="trend-finding">{halfDaysFinding(told)}</p>
      <p class="soft small">
        {text.lead(formatDate(told.firstDay), formatDate(told.lastDay))}
        {handle.period.kind === 'week' && ` ${text.weeks13}`}
      </p>
      {told.figure.base > 0 && (
        <>
          <HalfDaysMap told={told} />
          <p class="soft small">{text.legend}</p>
          <ul class="legend small half-day-legend">
            {(['reached', 'near', 'below', 'untold'] as const).map((band) => (
              <li key={band} class={`legend-${band}`}>
                {text.bands[band]}
              </li>
            ))}
          </ul>
          {hasHidden && <p class="soft small">{text.heldBack}</p>}
          <ChartFiles file={halfDaysFile(told, serviceName)} />
          <details class="details">
            <summary>{text.table}</summary>
            <HalfDaysTable told={told} />
          </details>
        </>
      )}
    </>
  );
}

/** The map is a table: each cell holds its share and its base, and the colour only repeats where the share stands. */
function HalfDaysMap({ told }: { told: HalfDays }) {
  const text = words.halfDays;
  return (
    <table class="half-days">
      <caption class="visually-hidden">{text.caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{text.day}</span>
          </th>
          {HALVES.map((half) => (
            <th key={half} scope="col">
              {text.halves[half]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weekdaysOf(told).map((weekday) => (
          <tr key={weekday}>
            <th scope="row">{text.days[weekday - 1]}</th>
            {HALVES.map((half) => {
              const figure = cellOf(told, weekday, half)?.figure ?? null;
              return (
                <td key={half} class={figure === null ? '' : `half-day-${bandOf(figure, told.target)}`}>
                  {figure !== null && (
                    <>
                      <strong>{shareOrWhy(figure, formatShare)}</strong>
                      {figure.base > 0 && <span class="small">{words.scores.base(figure.base)}</span>}
                    </>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HalfDaysTable({ told }: { told: HalfDays }) {
  const text = words.halfDays;
  const scores = words.scores;
  return (
    <WideTable label={text.tableCaption}>
      <table class="table table-tight">
        <caption class="visually-hidden">{text.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.half}</th>
            <th scope="col" class="number">
              {scores.measures['share-satisfied']}
            </th>
            <th scope="col" class="number">
              {scores.overview.baseColumn}
            </th>
            <th scope="col" class="number">
              {scores.overview.intervalColumn}
            </th>
            <th scope="col">{words.comparison.verdict}</th>
          </tr>
        </thead>
        <tbody>
          {told.cells
            .filter(({ weekday }) => weekdaysOf(told).includes(weekday))
            .map((cell) => (
              <tr key={placeText(cell)}>
                <th scope="row">{placeText(cell)}</th>
                <td class="number">{shareOrWhy(cell.figure, formatShare)}</td>
                <td class="number">{formatCount(cell.figure.base)}</td>
                <td class="number">
                  {cell.figure.interval === null
                    ? '–'
                    : scores.interval(cell.figure.interval.low, cell.figure.interval.high)}
                </td>
                <td>{cell.figure.verdict === null ? '–' : <VerdictMark verdict={cell.figure.verdict} />}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </WideTable>
  );
}
