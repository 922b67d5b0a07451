import { verbatimPageSchema } from '../../protocol/verbatims.ts';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { ExportMenu } from '../exports/export-menu.tsx';
import { addressOf } from '../shell/api.ts';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { valueOf } from '../shell/remote.ts';
import { useReading } from '../shell/session.tsx';
import { queryOf } from '../shell/url-state.ts';
import { useExplicitPeriod, useView } from '../shell/view.ts';
import { periodTitle } from '../words/period-words.ts';
import { words } from '../words/words.ts';
import { VerbatimFilters } from './verbatim-filters.tsx';
import { VerbatimList } from './verbatim-list.tsx';
import './verbatims.css';

/** What visitors wrote: read, search, mark as read, hide with a reason. */
export function VerbatimsPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const { period, view } = handle;
  const { period: periodText } = queryOf({ period });
  const filters = {
    period: periodText ?? null,
    organisation: view.organisation,
    service: view.service,
    search: view.search,
    state: view.state,
    language: view.language,
    theme: view.theme,
    moderation: view.moderation,
  };
  const reading = useReading(
    addressOf('/api/v1/verbatims', { ...filters, cursor: view.cursor }),
    verbatimPageSchema,
  );
  const text = words.verbatims;
  return (
    <Page
      title={`${text.heading} – ${periodTitle(period)}`}
      heading={text.heading}
      lead={text.lead}
      tools={<ExportMenu kind="verbatims" query={filters} />}
    >
      <PeriodPicker handle={handle} hasComparison={false} />
      <VerbatimFilters handle={handle} themes={valueOf(reading.remote)?.themes ?? []} />
      <RemoteView handle={reading}>
        {(page) => <VerbatimList page={page} handle={handle} replace={reading.replace} />}
      </RemoteView>
    </Page>
  );
}
