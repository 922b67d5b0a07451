import { changeOfService } from '../../domain/change.ts';
import { periodToText } from '../../domain/periods.ts';
import type { ServiceScore } from '../../protocol/scores.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { PAGES, pageAddress, servicePath } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatAgo, formatCount, formatSince } from '../words/format.ts';
import { periodInSentence } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { chartSentence, placeText } from './chart-finding.ts';
import { Coverage } from './coverage.tsx';
import { overviewRows } from './overview-rows.ts';
import { Participation } from './participation.tsx';
import { Reading, TargetVerdict } from './reading.tsx';
import { SetAsideLine } from './set-aside.tsx';
import { SignalMark } from './verdict.tsx';
import './scores.css';

/** One service in the overview: how many answered, what they said, whether it moved, what is to be done. */
export function ServiceCard(props: {
  service: ServiceScore;
  handle: ViewHandle;
  /** Where the bars of the page begin, 0–1. */
  axisStart: number;
}) {
  const { service, handle } = props;
  const { period, comparedPeriod, view } = handle;
  const rows = overviewRows(service, period, comparedPeriod);
  const change = changeOfService(service, periodToText(period));
  const hasChanged = change.kind === 'signal';
  const address = pageAddress(servicePath(service.organisationId, service.serviceId), {
    period,
    compare: view.compare,
  });
  return (
    <article
      class={hasChanged ? 'service card service-changed' : 'service card'}
      aria-label={service.serviceName}
    >
      <header class="service-head">
        <h3>
          <a href={address}>{service.serviceName}</a>
        </h3>
        <p class="soft small">{service.siteName}</p>
        <p class="service-answers">
          <strong>{words.scores.answers(service.responses)}</strong>
          <span class="soft small">
            {words.scores.overview.against(
              formatCount(service.comparedResponses),
              periodInSentence(comparedPeriod),
            )}
          </span>
          {service.phoneResponses > 0 && (
            <span class="soft small">{words.scores.channels.byPhone(service.phoneResponses)}</span>
          )}
        </p>
      </header>
      <div class="service-reading">
        <Reading rows={rows} target={service.target} scaleId={service.scaleId} start={props.axisStart} />
        <TargetVerdict rows={rows} target={service.target} />
        <SetAsideLine setAside={service.setAside} />
        <Coverage coverage={service.coverage} gapsShown={2} />
        <Participation participation={service.participation} />
      </div>
      <div class="service-side">
        <p class="service-signal">
          <SignalMark signal={change} />
        </p>
        {service.chart !== null && <ChartLine chart={service.chart} />}
        <Unread service={service} handle={handle} />
        {service.revision !== null && <RevisionLine revision={service.revision} />}
        <Tablets service={service} handle={handle} />
      </div>
    </article>
  );
}

/** What is usual of the last week that has a share, and where that week stands. */
function ChartLine({ chart }: { chart: NonNullable<ServiceScore['chart']> }) {
  const text = words.scores.chart;
  const { last } = chart;
  return (
    <p class="soft small">
      {chart.finding.kind === 'stable'
        ? text.card(placeText(last, chart.weeksPerPoint), last.low, last.high)
        : `${chartSentence(chart, last)} ${text.detail(last.share, last.base, last.low, last.high)}`}
    </p>
  );
}

function Unread({ service, handle }: { service: ServiceScore; handle: ViewHandle }) {
  const text = words.scores.overview;
  if (service.unreadVerbatims === 0) return <p class="soft small">{text.nothingToRead}</p>;
  return (
    <p>
      <a
        class="to-read"
        href={pageAddress(PAGES.verbatims, {
          period: handle.period,
          compare: handle.view.compare,
          organisation: service.organisationId,
          service: service.serviceId,
        })}
      >
        {text.toRead(service.unreadVerbatims)}
      </a>
    </p>
  );
}

/** « +3 réponses reçues après la clôture, 91,0 → 90,2 % » */
export function RevisionLine({ revision }: { revision: NonNullable<ServiceScore['revision']> }) {
  const { shareBefore, shareAfter } = revision;
  return (
    <p class="small revision">
      {words.scores.revision(revision)},{' '}
      {shareBefore !== null && shareAfter !== null
        ? words.scores.revisionShares(shareBefore, shareAfter)
        : words.scores.revisionBases(revision.baseBefore, revision.baseAfter)}
    </p>
  );
}

function Tablets({ service, handle }: { service: ServiceScore; handle: ViewHandle }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const text = words.scores.overview;
  const fleet = pageAddress(PAGES.fleet, { period: handle.period, compare: handle.view.compare });
  if (service.tablets.length === 0) {
    return (
      <p class="small soft">
        {text.noTablet}. <a href={fleet}>{text.addTablet}</a>
      </p>
    );
  }
  return (
    <ul class="tablet-lines small">
      {service.tablets.map((tablet) => (
        <li key={tablet.enrolmentId} class={tablet.isSilent ? 'tablet-silent' : 'soft'}>
          {tablet.lastSeenAt === null
            ? text.tabletNeverSeen(tablet.pointName)
            : tablet.isSilent
              ? text.tabletSilent(tablet.pointName, formatSince(tablet.lastSeenAt, now(), timeZone))
              : text.tabletSeen(tablet.pointName, formatAgo(tablet.lastSeenAt, now(), timeZone))}
          {tablet.outboxDepth > 0 && `, ${text.tabletWaiting(tablet.outboxDepth)}`}
        </li>
      ))}
    </ul>
  );
}
