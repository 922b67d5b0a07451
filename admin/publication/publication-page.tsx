import { useState } from 'preact/hooks';
import { type Improvement, publicationsSchema, type ServicePublication } from '../../protocol/publication.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { useReading } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { ImprovementDialog } from './improvement-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { ServiceCard } from './service-card.tsx';
import './publication.css';

type Asking =
  | { kind: 'nothing' }
  | { kind: 'line'; service: ServicePublication; line: Improvement | null }
  | { kind: 'remove'; service: ServicePublication; line: Improvement };

/** What the tablets show on their first screen: for each service a result, and what became of what visitors said. */
export function PublicationPage() {
  const reading = useReading('/api/v1/publications', publicationsSchema);
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  const [said, setSaid] = useState<string | null>(null);
  const text = words.publication;
  const close = () => setAsking({ kind: 'nothing' });
  const tell = (what: string) => {
    close();
    setSaid(what);
    reading.reload();
  };
  return (
    <Page title={text.heading} heading={text.heading} lead={text.lead}>
      {said !== null && (
        <Notice tone="done">
          <p>{said}</p>
        </Notice>
      )}
      <RemoteView handle={reading}>
        {({ services }) => (
          <>
            <ul class="publications">
              {services.map((service) => (
                <li key={`${service.organisationId}/${service.serviceId}`}>
                  <ServiceCard
                    service={service}
                    onDone={tell}
                    onWrite={(line) => setAsking({ kind: 'line', service, line })}
                    onRemove={(line) => setAsking({ kind: 'remove', service, line })}
                  />
                </li>
              ))}
            </ul>
            {asking.kind === 'line' && (
              <ImprovementDialog
                service={asking.service}
                line={asking.line}
                onClose={close}
                onSaved={() => tell(text.form.saved)}
              />
            )}
            {asking.kind === 'remove' && (
              <RemoveDialog
                service={asking.service}
                line={asking.line}
                onClose={close}
                onRemoved={() => tell(text.removing.removed)}
              />
            )}
          </>
        )}
      </RemoteView>
    </Page>
  );
}
