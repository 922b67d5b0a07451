import { useRoute } from 'preact-iso';
import { type Figure, type ServiceDetail, seriesKeyOf, serviceDetailSchema } from '../../protocol/scores.ts';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { ExportMenu } from '../exports/export-menu.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading, useSession } from '../shell/session.tsx';
import { pageAddress, PAGES, queryOf } from '../shell/url-state.ts';
import { useExplicitPeriod, useView, type ViewHandle } from '../shell/view.ts';
import { formatCount } from '../words/format.ts';
import { periodInSentence, periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { ChannelsSection } from './channels-section.tsx';
import { ClosedLine } from './closed-line.tsx';
import { Coverage } from './coverage.tsx';
import { HalfDaysSection } from './half-days-section.tsx';
import { ItemCard } from './item-card.tsx';
import { MeasureSwitch } from './measure-switch.tsx';
import { measuresFor } from './measures.ts';
import type { NamedFigure } from './named-figure.ts';
import { Participation } from './participation.tsx';
import { Reading, TargetVerdict } from './reading.tsx';
import { RevisionsSection } from './revisions-section.tsx';
import { IntegritySection, SetAsideLine } from './set-aside.tsx';
import { TrendSection } from './trend-section.tsx';
import './service-page.css';

/** One service: every question's answers, the year's trend, what changed after closing. */
export function ServicePage() {
  const { organisationId = '', serviceId = '' } = useRoute().params;
  const { services } = useSession();
  const handle = useView();
  useExplicitPeriod(handle);
  const { period, view } = handle;
  const { period: periodText, compare } = queryOf({ period, compare: view.compare });
  const query = {
    period: periodText ?? null,
    compare: compare ?? 'before',
    item: view.item,
    channel: view.channel,
  };
  const path = `/api/v1/scores/services/${encodeURIComponent(organisationId)}/${encodeURIComponent(serviceId)}`;
  const reading = useReading(addressOf(path, query), serviceDetailSchema);
  const service = services.find(
    (candidate) => candidate.organisationId === organisationId && candidate.serviceId === serviceId,
  );
  const name = service?.serviceName ?? serviceId;
  return (
    <Page
      title={`${name} – ${periodTitle(period)}`}
      heading={name}
      lead={service === undefined ? undefined : `${service.siteName}, ${service.organisationName}`}
      tools={
        <ExportMenu kind="service" query={{ organisation: organisationId, service: serviceId, ...query }} />
      }
    >
      <p class="back no-print">
        <a href={pageAddress(PAGES.overview, { period, compare: view.compare })}>
          ← {words.scores.service.back}
        </a>
      </p>
      <PeriodPicker handle={handle} />
      <RemoteView handle={reading}>{(detail) => <ServiceBody detail={detail} handle={handle} />}</RemoteView>
    </Page>
  );
}

function ServiceBody({ detail, handle }: { detail: ServiceDetail; handle: ViewHandle }) {
  const { period, comparedPeriod, view } = handle;
  const text = words.scores;
  const measures = measuresFor(detail.items.map((item) => item.scaleId));
  const measureId = measures.find((candidate) => candidate === view.measure) ?? 'share-satisfied';
  const { organisationId, serviceId, target } = detail.service;
  return (
    <>
      <section class="card service-summary" aria-label={periodTitle(period)}>
        <div>
          <p class="service-answers">
            <strong>{text.answers(detail.responses)}</strong>
            <span class="soft small">
              {text.overview.against(formatCount(detail.comparedResponses), periodInSentence(comparedPeriod))}
            </span>
          </p>
          <p>
            <a
              href={pageAddress(PAGES.verbatims, {
                period,
                compare: view.compare,
                organisation: organisationId,
                service: serviceId,
                state: 'all',
              })}
            >
              {text.service.verbatims}
            </a>
          </p>
        </div>
        <GlobalReading detail={detail} handle={handle} />
      </section>
      <ChannelsSection detail={detail} handle={handle} />
      <TrendSection detail={detail} measureId={measureId} handle={handle} />
      <section class="stack">
        <div class="section-head">
          <h2>{text.service.items}</h2>
          <MeasureSwitch measures={measures} current={measureId} handle={handle} />
        </div>
        <p class="soft">
          {text.service.itemsLead(text.measures[measureId])}{' '}
          <span class="small">({text.measureHints[measureId]})</span>
        </p>
        {detail.items.map((item) => (
          <ItemCard
            key={seriesKeyOf(item)}
            item={item}
            measureId={measureId}
            target={target}
            comparedPeriod={comparedPeriod}
          />
        ))}
      </section>
      <HalfDaysSection service={detail.service} handle={handle} />
      <RevisionsSection revisions={detail.revisions} />
      <IntegritySection
        weeks={detail.setAsideWeeks}
        address={pageAddress(PAGES.integrity, { period: handle.period })}
      />
      <footer class="figures-note">
        <p>{text.volunteers}</p>
        <p>{text.intervalNote}</p>
        {detail.coverage !== null && <p>{text.coverage.note}</p>}
      </footer>
    </>
  );
}

function GlobalReading({ detail, handle }: { detail: ServiceDetail; handle: ViewHandle }) {
  const global = detail.items.find((item) => item.isGlobal);
  if (global === undefined) return null;
  const rows: readonly NamedFigure[] = [
    { label: periodTitle(handle.period), figure: global.figure },
    { label: periodTitle(handle.comparedPeriod), figure: global.compared, isMinor: true, isCompared: true },
    ...rollingRow(
      detail.trendItemId === global.itemId && detail.trendScaleId === global.scaleId
        ? detail.trend.at(-1)?.rolling13
        : undefined,
    ),
  ];
  return (
    <div>
      <Reading rows={rows} target={detail.service.target} scaleId={global.scaleId} />
      <TargetVerdict rows={rows} target={detail.service.target} />
      <ClosedLine period={handle.period} revisions={detail.revisions} />
      <SetAsideLine setAside={detail.setAside} />
      <Coverage coverage={detail.coverage} gapsShown={12} />
      <Participation participation={detail.participation} />
    </div>
  );
}

function rollingRow(figure: Figure | undefined): readonly NamedFigure[] {
  const text = words.scores.overview;
  return figure === undefined
    ? []
    : [{ label: text.rolling13, longLabel: text.rolling13Long, figure, isMinor: true }];
}
