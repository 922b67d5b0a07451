import { parsePeriod } from '../../domain/periods.ts';
import { type Overview, overviewSchema, type ServiceScore } from '../../protocol/scores.ts';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { ExportMenu } from '../exports/export-menu.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading, useSession, useShell } from '../shell/session.tsx';
import { pageAddress, PAGES, queryOf } from '../shell/url-state.ts';
import { useExplicitPeriod, useView, type ViewHandle } from '../shell/view.ts';
import { formatCount } from '../words/format.ts';
import { periodDays, periodInSentence, periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { OverviewEmpty } from './overview-empty.tsx';
import { findingOf } from './finding.ts';
import { readingStart } from './reading.tsx';
import { ServiceCard } from './service-card.tsx';
import { TotalCard } from './total-card.tsx';
import './scores.css';

/** Monday's page: whether anything changed, what to read, what to look after. */
export function OverviewPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { period, view } = handle;
  const { period: periodText, compare } = queryOf({ period, compare: view.compare });
  const query = { period: periodText ?? null, compare: compare ?? 'before' };
  const reading = useReading(addressOf('/api/v1/scores/overview', query), overviewSchema);
  const title = periodTitle(period);
  return (
    <Page
      title={title}
      heading={title}
      lead={period.kind === 'week' || period.kind === 'quarter' ? periodDays(period) : undefined}
      tools={<ExportMenu kind="overview" query={query} />}
    >
      <PeriodPicker handle={handle} />
      <RemoteView handle={reading}>
        {(overview) => <OverviewBody overview={overview} handle={handle} />}
      </RemoteView>
    </Page>
  );
}

function OverviewBody({ overview, handle }: { overview: Overview; handle: ViewHandle }) {
  const active = overview.services.filter((service) => service.status === 'active');
  const inPreparation = overview.services.filter((service) => service.status === 'in-preparation');
  const start = readingStart(
    active.flatMap((service) => [service.figure, service.compared, service.rolling4, service.rolling13]),
  );
  const hasSomething = active.some(
    (service) => service.responses > 0 || service.rolling13.base > 0 || service.tablets.length > 0,
  );
  return (
    <>
      <FindingBlock overview={overview} handle={handle} />
      {overview.total.responses === 0 && <OverviewEmpty overview={overview} handle={handle} />}
      {hasSomething && (
        <>
          <div class="services">
            {byOrganisation(active).map(({ name, services }) => (
              <section key={name} class="organisation">
                <h2>{name}</h2>
                {services.map((service) => (
                  <ServiceCard
                    key={`${service.organisationId}/${service.serviceId}`}
                    service={service}
                    handle={handle}
                    axisStart={start}
                  />
                ))}
              </section>
            ))}
          </div>
          <TotalCard overview={overview} handle={handle} axisStart={start} />
        </>
      )}
      <footer class="figures-note">
        <p>{words.scores.volunteers}</p>
        <p>{words.scores.intervalNote}</p>
        <p>{words.scores.signalNote}</p>
        <p>{words.scores.chart.note}</p>
        <p class="no-print">
          <a href={pageAddress(PAGES.integrity, { period: handle.period })}>{words.scores.setAside.decide}</a>
        </p>
      </footer>
      {inPreparation.length > 0 && (
        <p class="soft in-preparation">
          <strong>{words.scores.overview.inPreparation}</strong>{' '}
          {inPreparation.map((service) => service.serviceName).join(', ')}
        </p>
      )}
    </>
  );
}

function FindingBlock({ overview, handle }: { overview: Overview; handle: ViewHandle }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const finding = findingOf(overview, now(), timeZone);
  const compared = parsePeriod(overview.comparedPeriod);
  const text = words.scores;
  const { period, view } = handle;
  return (
    <section class="finding" aria-live="polite">
      <p class="finding-sentence">{finding.sentence}</p>
      {finding.details.map((detail) => (
        <p key={detail} class="finding-detail">
          {detail}
        </p>
      ))}
      <ul class="finding-list">
        {overview.total.responses > 0 && (
          <li>
            {text.answers(overview.total.responses)}
            {compared.ok &&
              overview.services.length > 0 &&
              text.against(formatCount(comparedResponses(overview)), periodInSentence(compared.value))}
          </li>
        )}
        {finding.belowTarget !== null && <li class="finding-below">{finding.belowTarget}</li>}
        {finding.unreadCount > 0 && (
          <li>
            <a href={pageAddress(PAGES.verbatims, { period, compare: view.compare })}>
              {text.finding.toRead(finding.unreadCount)}
            </a>
          </li>
        )}
        {finding.silent !== null && (
          <li>
            <a href={pageAddress(PAGES.fleet, { period, compare: view.compare })}>{finding.silent}</a>
          </li>
        )}
        {finding.revised !== null && <li>{finding.revised}</li>}
      </ul>
    </section>
  );
}

function comparedResponses(overview: Overview): number {
  return overview.services.reduce((sum, service) => sum + service.comparedResponses, 0);
}

function byOrganisation(
  services: readonly ServiceScore[],
): readonly { readonly name: string; readonly services: readonly ServiceScore[] }[] {
  const groups = new Map<string, ServiceScore[]>();
  for (const service of services)
    groups.set(service.organisationName, [...(groups.get(service.organisationName) ?? []), service]);
  return [...groups].map(([name, group]) => ({ name, services: group }));
}
