import { useLocation } from 'preact-iso';
import { useId } from 'preact/hooks';
import { localMoment } from '../../domain/local-time.ts';
import { type AuditPage as Trail, auditPageSchema } from '../../protocol/audit-page.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { WideTable } from '../components/wide-table.tsx';
import { addressOf } from '../shell/api.ts';
import { useReading, useSession } from '../shell/session.tsx';
import { PAGES } from '../shell/url-state.ts';
import { formatDate, formatTime } from '../words/format.ts';
import { words } from '../words/words.ts';
import './audit.css';

/** By the server's names; all of it in the address, so that a view can be sent to a colleague. */
const FILTERS = ['person', 'action', 'from', 'to'] as const;
type Filter = Partial<Record<(typeof FILTERS)[number], string>>;

/** Who saw or changed what: narrowed, page by page, and as a file. */
export function AuditPage() {
  const { query } = useLocation();
  const filter: Filter = Object.fromEntries(
    FILTERS.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]]])),
  );
  const reading = useReading(
    addressOf('/api/v1/audit', { ...filter, cursor: query['cursor'] }),
    auditPageSchema,
  );
  const text = words.audit;
  return (
    <Page
      title={text.heading}
      heading={text.heading}
      lead={text.lead}
      tools={
        <a class="button" href={addressOf('/api/v1/audit.csv', filter)} download>
          {text.export}
        </a>
      }
    >
      <RemoteView handle={reading}>
        {(trail) => (
          <>
            <Filters key={JSON.stringify(filter)} trail={trail} filter={filter} />
            <Entries trail={trail} />
            <p class="audit-paging no-print">
              {query['cursor'] !== undefined && (
                <a class="button" href={addressOf(PAGES.audit, filter)}>
                  {text.newest}
                </a>
              )}
              {trail.nextCursor !== null && (
                <a class="button" href={addressOf(PAGES.audit, { ...filter, cursor: trail.nextCursor })}>
                  {text.older}
                </a>
              )}
            </p>
          </>
        )}
      </RemoteView>
    </Page>
  );
}

function Filters({ trail, filter }: { trail: Trail; filter: Filter }) {
  const { route } = useLocation();
  const id = useId();
  const text = words.audit;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const fields = new FormData(event.currentTarget);
    const valueOf = (name: string) => {
      const value = fields.get(name);
      return typeof value === 'string' ? value : null;
    };
    route(addressOf(PAGES.audit, Object.fromEntries(FILTERS.map((name) => [name, valueOf(name)]))));
  };
  return (
    <form class="audit-filters card no-print" aria-label={text.filters} onSubmit={submit}>
      <div class="field">
        <label for={`${id}-person`}>{text.person}</label>
        <select id={`${id}-person`} name="person">
          <option value="">{text.everybody}</option>
          {trail.people.map(({ personId, name }) => (
            <option key={personId} value={personId} selected={personId === filter.person}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-action`}>{text.action}</label>
        <select id={`${id}-action`} name="action">
          <option value="">{text.everything}</option>
          {trail.actions.map(({ action, label }) => (
            <option key={action} value={action} selected={action === filter.action}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-from`}>{text.from}</label>
        <input id={`${id}-from`} type="date" name="from" defaultValue={filter.from ?? ''} />
      </div>
      <div class="field">
        <label for={`${id}-to`}>{text.to}</label>
        <input id={`${id}-to`} type="date" name="to" defaultValue={filter.to ?? ''} />
      </div>
      <div class="audit-apply">
        <button type="submit" class="button button-main">
          {text.apply}
        </button>
        {Object.keys(filter).length > 0 && (
          <a class="button" href={PAGES.audit}>
            {text.clear}
          </a>
        )}
      </div>
    </form>
  );
}

/** « 26 novembre 2026, 21 h 40 » */
function when(instant: string, timeZone: string): string {
  const { date } = localMoment(Date.parse(instant), timeZone);
  return `${formatDate(date)}, ${formatTime(instant, timeZone)}`;
}

function Entries({ trail: { entries } }: { trail: Trail }) {
  const { timeZone } = useSession();
  const { columns, ...text } = words.audit;
  if (entries.length === 0)
    return (
      <Notice tone="empty">
        <p>{text.empty}</p>
      </Notice>
    );
  return (
    <WideTable label={text.table}>
      <table class="table audit-table">
        <thead>
          <tr>
            <th scope="col">{columns.when}</th>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.about}</th>
            <th scope="col">{columns.organisation}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.entryId}>
              <td class="audit-when">{when(entry.recordedAt, timeZone)}</td>
              <td>{entry.personName === '' ? text.server : entry.personName}</td>
              <td>{entry.what}</td>
              <td>{entry.about}</td>
              <td>{entry.organisationName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
