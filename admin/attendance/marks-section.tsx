import { useId, useState } from 'preact/hooks';
import { type CalendarMark, type CalendarMarks, MARK_KINDS } from '../../protocol/calendar.ts';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';

/** The days that explain a figure: what is marked, and the form that marks more. */
export function MarksSection({
  told,
  onChanged,
}: {
  told: CalendarMarks;
  onChanged: (what: string) => void;
}) {
  const { api } = useShell();
  const mayChange = useSession().permissions.includes('change-settings');
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.attendance.calendar;
  const { zone, knownFrom, knownUntil } = told.schoolHolidays;
  const remove = async (mark: CalendarMark) => {
    const result = await api.sendOnly('DELETE', `${pathOf(mark.organisationId)}/${mark.markId}`);
    if (result.ok) onChanged(text.removed);
    else setFailure(failureText(result.error));
  };
  return (
    <section class="card stack" aria-labelledby="calendrier">
      <h2 id="calendrier">{text.heading}</h2>
      <p class="soft">{text.lead}</p>
      <p class="soft small">{text.known(zone, knownFrom, knownUntil)}</p>
      {told.marks.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <ul class="marks">
          {told.marks.map((mark) => (
            <li key={mark.markId}>
              <span>
                <strong>{text.entry(mark)}</strong>{' '}
                <span class="soft small">
                  {text.kinds[mark.kind]}, {text.signed(mark.createdBy, mark.createdAt.slice(0, 10))}
                </span>
              </span>
              {mayChange && (
                <button
                  type="button"
                  class="button button-small"
                  aria-label={text.removeNamed(mark.label)}
                  onClick={() => void remove(mark)}
                >
                  {text.remove}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      {mayChange && <MarkForm onAdded={() => onChanged(text.added)} />}
    </section>
  );
}

function MarkForm({ onAdded }: { onAdded: () => void }) {
  const { api } = useShell();
  const { services, today } = useSession();
  const organisations = [...new Map(services.map((one) => [one.organisationId, one.organisationName]))];
  const [organisationId, setOrganisationId] = useState(organisations[0]?.[0] ?? '');
  const [kind, setKind] = useState<CalendarMark['kind']>('election');
  const [label, setLabel] = useState('');
  const [firstDay, setFirstDay] = useState<string>(today);
  const [lastDay, setLastDay] = useState<string>(today);
  const [failure, setFailure] = useState<string | null>(null);
  const ids = { kind: useId(), organisation: useId(), first: useId(), last: useId() };
  const text = words.attendance.calendar;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (label.trim() === '' || firstDay === '' || lastDay === '') return setFailure(text.missing);
    if (lastDay < firstDay) return setFailure(text.backwards);
    setFailure(null);
    const result = await api.sendOnly('POST', pathOf(organisationId), { firstDay, lastDay, kind, label });
    if (!result.ok) return setFailure(failureText(result.error));
    setLabel('');
    onAdded();
  };
  return (
    <form class="mark-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={text.label}
        name="label"
        value={label}
        hint={text.labelHint}
        onValue={setLabel}
        isRequired
      />
      <div class="mark-fields">
        <div class="field">
          <label for={ids.kind}>{text.kind}</label>
          <select
            id={ids.kind}
            value={kind}
            onChange={(event) =>
              setKind(MARK_KINDS.find((one) => one === event.currentTarget.value) ?? 'other')
            }
          >
            {MARK_KINDS.map((one) => (
              <option key={one} value={one}>
                {text.kinds[one]}
              </option>
            ))}
          </select>
        </div>
        {organisations.length > 1 && (
          <div class="field">
            <label for={ids.organisation}>{text.organisation}</label>
            <select
              id={ids.organisation}
              value={organisationId}
              onChange={(event) => setOrganisationId(event.currentTarget.value)}
            >
              {organisations.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <DayField id={ids.first} label={text.firstDay} value={firstDay} onValue={setFirstDay} />
        <DayField id={ids.last} label={text.lastDay} value={lastDay} onValue={setLastDay} />
      </div>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      <p>
        <button type="submit" class="button">
          {text.add}
        </button>
      </p>
    </form>
  );
}

function DayField(props: { id: string; label: string; value: string; onValue: (value: string) => void }) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        type="date"
        value={props.value}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
    </div>
  );
}

function pathOf(organisationId: string): string {
  return `/api/v1/calendar-marks/${encodeURIComponent(organisationId)}`;
}
