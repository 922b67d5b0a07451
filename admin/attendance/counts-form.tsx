import { useState } from 'preact/hooks';
import { MOST_VISITORS, type VisitorCounts } from '../../protocol/participation.ts';
import { WideTable } from '../components/wide-table.tsx';
import { Participation } from '../scores/participation.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatCount, formatWeekday } from '../words/format.ts';
import { words } from '../words/words.ts';

type Service = VisitorCounts['services'][number];
/** A longer period is a table that nobody fills in. */
const MOST_DAYS = 31;

/** A number a day and service. Only what was changed is sent. */
export function CountsForm({ counts, onSaved }: { counts: VisitorCounts; onSaved: (what: string) => void }) {
  const { api } = useShell();
  const mayChange = useSession().permissions.includes('change-figures');
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.attendance;
  const { days, services } = counts;
  if (days.length > MOST_DAYS) return <p class="soft">{text.tooLong}</p>;
  const submit = async (event: Event) => {
    event.preventDefault();
    setFailure(null);
    const changes = [...typed].filter(([path, value]) => value !== knownText(services, path));
    if (changes.some(([, value]) => !isCount(value))) return setFailure(text.notANumber);
    if (changes.length === 0) return setFailure(text.nothingToSave);
    setIsSending(true);
    for (const [path, value] of changes) {
      const result = await api.sendOnly('PUT', path, { visitors: value === '' ? null : Number(value) });
      if (!result.ok) {
        setIsSending(false);
        return setFailure(failureText(result.error));
      }
    }
    setIsSending(false);
    setTyped(new Map());
    onSaved(text.saved(changes.length));
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
      {mayChange && <p class="soft">{text.countsLead}</p>}
      <WideTable label={text.countsTable}>
        <table class="table counts">
          <caption class="visually-hidden">{text.countsTable}</caption>
          <thead>
            <tr>
              <th scope="col">{text.day}</th>
              {services.map((service) => (
                <th key={keyOf(service)} scope="col" class="number">
                  {service.serviceName}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day}>
                <th scope="row">{formatWeekday(day)}</th>
                {services.map((service) => {
                  const path = pathOf(service, day);
                  return (
                    <td key={keyOf(service)} class="number">
                      <input
                        class="count-input"
                        inputMode="numeric"
                        autocomplete="off"
                        aria-label={text.cell(service.serviceName, formatWeekday(day))}
                        readOnly={!mayChange}
                        aria-invalid={!isCount(typed.get(path) ?? '')}
                        value={typed.get(path) ?? knownText(services, path)}
                        onInput={(event) =>
                          setTyped(new Map([...typed, [path, event.currentTarget.value.trim()]]))
                        }
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text.total}</th>
              {services.map((service) => (
                <td key={keyOf(service)} class="number">
                  {formatCount(service.counts.reduce((sum, { visitors }) => sum + visitors, 0))}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </WideTable>
      <ul class="participations">
        {services
          .filter(({ participation }) => participation !== null)
          .map((service) => (
            <li key={keyOf(service)}>
              <strong>{service.serviceName}</strong>
              <Participation participation={service.participation} />
            </li>
          ))}
      </ul>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      {mayChange && (
        <p>
          <button type="submit" class="button button-main" disabled={isSending}>
            {isSending ? text.saving : text.save}
          </button>
        </p>
      )}
    </form>
  );
}

function keyOf({ organisationId, serviceId }: Service): string {
  return `${organisationId}/${serviceId}`;
}

/** Where a number is kept: it names its cell, too. */
function pathOf({ organisationId, serviceId }: Service, day: string): string {
  return ['/api/v1/visitor-counts', ...[organisationId, serviceId, day].map(encodeURIComponent)].join('/');
}

function knownText(services: readonly Service[], path: string): string {
  for (const service of services)
    for (const { date, visitors } of service.counts)
      if (pathOf(service, date) === path) return String(visitors);
  return '';
}

function isCount(text: string): boolean {
  return text === '' || (/^\d{1,6}$/.test(text) && Number(text) <= MOST_VISITORS);
}
