import { useLocation } from 'preact-iso';
import { useId, useState } from 'preact/hooks';
import { periodToText } from '../../domain/periods.ts';
import { integritySchema } from '../../protocol/integrity.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading, useSession } from '../shell/session.tsx';
import { pageAddress, PAGES } from '../shell/url-state.ts';
import { useExplicitPeriod, useView, type ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { DaySection } from './day-section.tsx';
import { DecisionsSection } from './decisions-section.tsx';
import { FiguresSection } from './figures-section.tsx';
import './integrity.css';

/** What is out of the figures, why, and who decided: both figures, the days to look at, one day's answers, every decision. */
export function IntegrityPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { route } = useLocation();
  const { services } = useSession();
  const text = words.integrity;
  const { organisation, service, day } = handle.view;
  const reading = useReading(
    addressOf('/api/v1/integrity', { period: periodToText(handle.period) }),
    integritySchema,
  );
  const [said, setSaid] = useState<{ readonly text: string; readonly tone: 'done' | 'fault' } | null>(null);
  const [round, setRound] = useState(0);
  const tell = (what: string, tone: 'done' | 'fault') => {
    setSaid({ text: what, tone });
    setRound(round + 1);
    reading.reload();
  };
  const nameOf = (key: { readonly organisationId: string; readonly serviceId: string }) =>
    services.find((one) => one.organisationId === key.organisationId && one.serviceId === key.serviceId)
      ?.serviceName ?? key.serviceId;
  return (
    <Page title={text.heading} heading={text.heading} lead={text.lead}>
      <PeriodPicker handle={handle} />
      {said !== null && (
        <Notice tone={said.tone}>
          <p>{said.text}</p>
        </Notice>
      )}
      {organisation !== null && service !== null && day !== null && (
        <DaySection
          organisationId={organisation}
          serviceId={service}
          serviceName={nameOf({ organisationId: organisation, serviceId: service })}
          date={day}
          round={round}
          onChanged={tell}
          onClose={() => {
            setSaid(null);
            route(pageAddress(PAGES.integrity, { period: handle.period }));
          }}
        />
      )}
      <RemoteView handle={reading}>
        {(view) => (
          <div class="stack integrity">
            <FiguresSection services={view.services} handle={handle} />
            <OtherDay handle={handle} />
            <DecisionsSection decisions={view.decisions} serviceNameOf={nameOf} onChanged={tell} />
          </div>
        )}
      </RemoteView>
    </Page>
  );
}

/** Something may have happened on a day that no rule has found. */
function OtherDay({ handle }: { handle: ViewHandle }) {
  const { services, today } = useSession();
  const { route } = useLocation();
  const ids = { service: useId(), day: useId() };
  const [place, setPlace] = useState(0);
  const [date, setDate] = useState<string>(today);
  const text = words.integrity;
  const chosen = services[place];
  return (
    <form
      class="card stack other-day no-print"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen === undefined || date === '') return;
        const { organisationId: organisation, serviceId: service } = chosen;
        route(pageAddress(PAGES.integrity, { period: handle.period, organisation, service, day: date }));
      }}
    >
      <h2>{text.otherDay}</h2>
      <div class="other-day-fields">
        <div class="field">
          <label for={ids.service}>{text.otherDayService}</label>
          <select
            id={ids.service}
            value={String(place)}
            onChange={(event) => setPlace(Number(event.currentTarget.value))}
          >
            {services.map((one, index) => (
              <option key={`${one.organisationId} ${one.serviceId}`} value={String(index)}>
                {one.serviceName}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={ids.day}>{text.otherDayDate}</label>
          <input
            id={ids.day}
            type="date"
            max={today}
            value={date}
            onInput={(event) => setDate(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="button">
          {text.openDay}
        </button>
      </div>
    </form>
  );
}
