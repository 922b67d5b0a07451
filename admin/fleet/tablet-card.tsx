import { localMoment } from '../../domain/local-time.ts';
import type { TabletState } from '../../protocol/fleet.ts';
import { useMay, useSession, useShell } from '../shell/session.tsx';
import { formatAgo, formatDate, formatInstant, formatSince } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Older ones are history. */
const LOSSES_SHOWN = 3;

/** One tablet in service: whether it lives, what it still holds, what it complains of. */
export function TabletCard({ tablet, onRevoke }: { tablet: TabletState; onRevoke: () => void }) {
  const mayChange = useMay('change-fleet');
  const { now } = useShell();
  const { timeZone } = useSession();
  const text = words.fleet;
  return (
    <article
      class={tablet.isSilent ? 'card tablet tablet-is-silent' : 'card tablet'}
      aria-label={tablet.pointName}
    >
      <header>
        <h2>{tablet.pointName}</h2>
        <p class="soft small">
          {tablet.serviceName}, {tablet.siteName}
        </p>
      </header>
      <div class="tablet-state">
        <TabletStateMark tablet={tablet} />
        {tablet.isSilent ? (
          <p class="small">{text.silentHelp}</p>
        ) : (
          <p class="soft small">
            {tablet.lastSeenAt === null
              ? text.neverSeen
              : text.lastSeen(formatAgo(tablet.lastSeenAt, now(), timeZone))}
          </p>
        )}
      </div>
      <ul class="tablet-facts small">
        <li>{text.received(tablet.highWaterMark)}</li>
        <li>
          {text.waiting(tablet.outboxDepth)}
          {tablet.oldestEntryAt !== null &&
            tablet.outboxDepth > 0 &&
            `, ${text.waitingSince(formatSince(tablet.oldestEntryAt, now(), timeZone))}`}
        </li>
        {tablet.testCount > 0 && <li>{text.tests(tablet.testCount)}</li>}
        {tablet.missingCount > 0 && (
          <li class="tablet-warning">
            {text.missing(tablet.missingCount)}. {text.missingHelp}
          </li>
        )}
        {tablet.sharedSeenAt !== null && (
          <li class="tablet-warning">
            {text.shared(formatInstant(tablet.sharedSeenAt, timeZone))} {text.sharedHelp}
          </li>
        )}
        {tablet.losses.slice(0, LOSSES_SHOWN).map(({ count, noticedAt, cause }) => (
          <li key={noticedAt} class="tablet-warning">
            {text.lost(count, formatDate(localMoment(Date.parse(noticedAt), timeZone).date), cause)}.{' '}
            {text.lostHelp(count)}
          </li>
        ))}
        {tablet.storagePersisted === false && <li class="tablet-warning">{text.storageAtRisk}</li>}
        {tablet.lastError !== null && <li class="tablet-warning">{text.lastError(tablet.lastError)}</li>}
      </ul>
      <footer class="tablet-foot no-print">
        <details class="small">
          <summary>{text.technical}</summary>
          <ul class="tablet-facts">
            <li>{text.enrolledOn(formatInstant(tablet.enrolledAt, timeZone))}</li>
            <li>{text.version(tablet.appVersion)}</li>
            <li>{text.retained(tablet.retainedCount)}</li>
            {tablet.epoch > 1 && <li>{text.epoch(tablet.epoch - 1)}</li>}
            <li class="tablet-id">{tablet.enrolmentId}</li>
          </ul>
        </details>
        {mayChange && (
          <button
            type="button"
            class="button button-small"
            aria-label={text.revokeNamed(tablet.pointName)}
            onClick={onRevoke}
          >
            {text.revoke}
          </button>
        )}
      </footer>
    </article>
  );
}

/** A word and a shape: a full disc lives, an empty one has not been heard of. */
function TabletStateMark({ tablet }: { tablet: TabletState }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const text = words.fleet;
  const [tone, label] =
    tablet.isSilent && tablet.lastSeenAt !== null
      ? (['silent', text.silentSince(formatSince(tablet.lastSeenAt, now(), timeZone))] as const)
      : tablet.isSilent
        ? (['silent', text.silentSinceEnrolment] as const)
        : tablet.lastSeenAt === null
          ? (['new', text.state.neverSeen] as const)
          : (['alive', text.state.alive] as const);
  return (
    <p class={`tablet-mark tablet-mark-${tone}`}>
      <svg class="shape" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
        {tone === 'alive' && <circle cx="10" cy="10" r="7" class="shape-full" />}
        {tone === 'new' && <circle cx="10" cy="10" r="7" class="shape-line" />}
        {tone === 'silent' && <path d="m4 4 12 12M16 4 4 16" class="shape-line" />}
      </svg>
      {label}
    </p>
  );
}

/** The ones taken out of service, for the record. */
export function RevokedTablets({ tablets }: { tablets: readonly TabletState[] }) {
  const { timeZone } = useSession();
  const text = words.fleet;
  return (
    <details class="details">
      <summary>{text.revokedHeading}</summary>
      <ul>
        {tablets.map((tablet) => (
          <li key={tablet.enrolmentId}>
            {tablet.pointName}, {tablet.serviceName}.{' '}
            {tablet.revokedAt !== null && text.revokedOn(formatInstant(tablet.revokedAt, timeZone))}.{' '}
            {text.received(tablet.highWaterMark)}.
            {tablet.losses.map(({ count, noticedAt, cause }) => (
              <span key={noticedAt}>
                {' '}
                {text.lost(count, formatDate(localMoment(Date.parse(noticedAt), timeZone).date), cause)}.
              </span>
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
