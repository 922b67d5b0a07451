import { useState } from 'preact/hooks';
import { themeListsSchema } from '../../protocol/themes.ts';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { PeriodPicker } from '../shell/period-picker.tsx';
import { useReading } from '../shell/session.tsx';
import { useExplicitPeriod, useView } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { ThemeEditor } from './theme-editor.tsx';
import { ThemeTrendSection } from './theme-trend-section.tsx';
import './themes.css';

/** What texts are about: how it goes, and the list of words that tells it. */
export function ThemesPage() {
  const handle = useView();
  useExplicitPeriod(handle);
  const reading = useReading('/api/v1/themes', themeListsSchema);
  const [chosen, setChosen] = useState<string | null>(null);
  const text = words.themes;
  return (
    <Page title={text.heading} heading={text.heading} lead={text.lead}>
      <PeriodPicker handle={handle} hasComparison={false} />
      <RemoteView handle={reading}>
        {({ lists }) => {
          const list = lists.find(({ organisationId }) => organisationId === chosen) ?? lists[0];
          if (list === undefined) return null;
          return (
            <div class="stack">
              {lists.length > 1 && (
                <select
                  class="theme-organisation"
                  aria-label={text.organisation}
                  value={list.organisationId}
                  onChange={(event) => setChosen(event.currentTarget.value)}
                >
                  {lists.map(({ organisationId, organisationName }) => (
                    <option key={organisationId} value={organisationId}>
                      {organisationName}
                    </option>
                  ))}
                </select>
              )}
              <ThemeTrendSection
                key={`trend ${list.organisationId} ${list.version}`}
                organisationId={list.organisationId}
                handle={handle}
              />
              <ThemeEditor
                key={list.organisationId}
                list={list}
                onSaved={(saved) =>
                  reading.replace((current) => ({
                    lists: current.lists.map((one) =>
                      one.organisationId === saved.organisationId ? saved : one,
                    ),
                  }))
                }
              />
            </div>
          );
        }}
      </RemoteView>
    </Page>
  );
}
