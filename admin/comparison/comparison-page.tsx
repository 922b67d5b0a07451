import {
  type ComparedBy,
  COMPARED_BY,
  type Comparison,
  comparisonSchema,
} from '../../protocol/comparison.ts';
import { ChartFiles } from '../charts/chart-files.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { Segments } from '../components/segments.tsx';
import { readingStart } from '../scores/reading.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading, useSession } from '../shell/session.tsx';
import { queryOf } from '../shell/url-state.ts';
import { useExplicitPeriod, useView, type ViewHandle } from '../shell/view.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { comparisonFile } from './comparison-file.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { PanelCard } from './panel-card.tsx';
import { spreadText } from './spread.ts';
import './comparison.css';

/** Services, sites, questions or periods side by side: small charts on one scale rather than twelve lines in one. */
export function ComparisonPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { period, view } = handle;
  const text = words.comparison;
  const { period: periodText, compare } = queryOf({ period, compare: view.compare });
  const query = {
    by: view.by,
    period: periodText ?? null,
    compare: compare ?? 'before',
    organisation: view.organisation,
    service: view.service,
  };
  const reading = useReading(addressOf('/api/v1/scores/comparison', query), comparisonSchema);
  return (
    <Page title={`${text.heading} – ${periodTitle(period)}`} heading={text.heading} lead={text.lead}>
      <PeriodPicker handle={handle} />
      <Tools handle={handle} />
      <RemoteView handle={reading}>{(told) => <Body told={told} handle={handle} />}</RemoteView>
    </Page>
  );
}

function Tools({ handle }: { handle: ViewHandle }) {
  const { view } = handle;
  const { services } = useSession();
  const text = words.comparison;
  const isOfService = view.by === 'items' || view.by === 'periods';
  const active = services.filter(({ status }) => status === 'active');
  const chosen = `${view.organisation ?? active[0]?.organisationId ?? ''}/${view.service ?? active[0]?.serviceId ?? ''}`;
  return (
    <div class="comparison-tools">
      <Segments
        label={text.byLabel}
        choices={COMPARED_BY.map((by: ComparedBy) => ({
          label: text.by[by],
          href: handle.address({ by }),
          isCurrent: by === view.by,
        }))}
      />
      {isOfService && (
        <label>
          <span class="soft small">{text.service}</span>{' '}
          <select
            value={chosen}
            onChange={(event) => {
              const [organisation = null, service = null] = event.currentTarget.value.split('/');
              handle.go({ organisation, service });
            }}
          >
            {active.map((one) => (
              <option key={one.serviceId} value={`${one.organisationId}/${one.serviceId}`}>
                {one.serviceName}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

function Body({ told, handle }: { told: Comparison; handle: ViewHandle }) {
  const text = words.comparison;
  const { panels, by } = told;
  if (panels.length === 0) return <p>{text.empty}</p>;
  const start = startOf(panels);
  return (
    <section class="stack">
      <h2>{spreadText(told)}</h2>
      <ul class="comparison-panels">
        {panels.map((panel) => (
          <li key={panel.key}>
            <PanelCard panel={panel} by={by} handle={handle} start={start} />
          </li>
        ))}
      </ul>
      <ChartFiles file={comparisonFile(told, handle, start)} />
      {by !== 'periods' && <p class="soft small">{text.year}</p>}
      {by === 'sites' && panels.some(({ figure }) => figure.disclosure === 'hidden') && (
        <p class="soft small">{text.suppressed}</p>
      )}
      <ComparisonTable told={told} handle={handle} />
    </section>
  );
}

/** One foot for all the charts of the page: below the lowest share and the lowest interval. */
function startOf(panels: Comparison['panels']): number {
  const lowest = Math.min(1, ...panels.flatMap(({ points }) => points.flatMap(({ share }) => share ?? [])));
  const bars = readingStart(panels.map(({ figure }) => figure));
  return Math.min(bars, lowest >= 0.5 ? 0.5 : lowest >= 0.25 ? 0.25 : 0);
}
