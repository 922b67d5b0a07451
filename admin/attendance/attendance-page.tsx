import { useState } from 'preact/hooks';
import { periodToText } from '../../domain/periods.ts';
import { calendarMarksSchema } from '../../protocol/calendar.ts';
import { visitorCountsSchema } from '../../protocol/participation.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading, useSession } from '../shell/session.tsx';
import { useExplicitPeriod, useView } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { CountsForm } from './counts-form.tsx';
import { ImportForm } from './import-form.tsx';
import { MarksSection } from './marks-section.tsx';
import './attendance.css';

/** What stands beside the answers: who came, and which days were not like the others. */
export function AttendancePage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { permissions } = useSession();
  const text = words.attendance;
  const period = periodToText(handle.period);
  const counts = useReading(addressOf('/api/v1/visitor-counts', { period }), visitorCountsSchema);
  const marks = useReading('/api/v1/calendar-marks', calendarMarksSchema);
  const [said, setSaid] = useState<string | null>(null);
  const tell = (what: string, reload: () => void) => {
    setSaid(what);
    reload();
  };
  return (
    <Page title={text.heading} heading={text.heading} lead={text.lead}>
      <PeriodPicker handle={handle} />
      {said !== null && (
        <Notice tone="done">
          <p>{said}</p>
        </Notice>
      )}
      <section class="card stack" aria-labelledby="visiteurs">
        <h2 id="visiteurs">{text.counts}</h2>
        <RemoteView handle={counts}>
          {(told) => (
            <CountsForm key={told.period} counts={told} onSaved={(what) => tell(what, counts.reload)} />
          )}
        </RemoteView>
        {permissions.includes('change-figures') && (
          <ImportForm onImported={(what) => tell(what, counts.reload)} />
        )}
      </section>
      <RemoteView handle={marks}>
        {(told) => <MarksSection told={told} onChanged={(what) => tell(what, marks.reload)} />}
      </RemoteView>
    </Page>
  );
}
