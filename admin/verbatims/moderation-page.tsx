import { useState } from 'preact/hooks';
import { verbatimPageSchema } from '../../protocol/verbatims.ts';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { addressOf } from '../shell/api.ts';
import { useReading } from '../shell/session.tsx';
import { useView } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { ModerationDesk } from './moderation-desk.tsx';
import { ServiceChoice } from './verbatim-filters.tsx';
import './verbatims.css';
import './moderation.css';

/** What waits for a decision, whatever its period: a text must not be forgotten because its week is over. */
export function ModerationPage() {
  const handle = useView();
  const [round, setRound] = useState(0);
  const { organisation, service } = handle.view;
  const reading = useReading(
    addressOf('/api/v1/verbatims', { organisation, service, moderation: 'to-moderate', state: 'all' }),
    verbatimPageSchema,
  );
  const text = words.moderation;
  const reload = () => {
    setRound((count) => count + 1);
    reading.reload();
  };
  return (
    <Page
      title={text.heading}
      heading={text.heading}
      lead={text.lead}
      tools={<ServiceChoice handle={handle} />}
    >
      <RemoteView handle={reading}>
        {(page) => (
          <ModerationDesk
            key={`${round} ${organisation ?? ''} ${service ?? ''}`}
            page={page}
            replace={reading.replace}
            reload={reload}
          />
        )}
      </RemoteView>
    </Page>
  );
}
