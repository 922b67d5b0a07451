import { useState } from 'preact/hooks';
import { type Fleet, fleetSchema, type TabletState } from '../../protocol/fleet.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { useReading } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { EnrolDialog } from './enrol-dialog.tsx';
import { QuarantineSection } from './quarantine-section.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { RevokedTablets, TabletCard } from './tablet-card.tsx';
import './fleet.css';

type Asking = { kind: 'nothing' } | { kind: 'enrol' } | { kind: 'revoke'; tablet: TabletState };

/** The tablets: which one is silent, adding one, taking one out of service, what could not be understood. */
export function FleetPage() {
  const reading = useReading('/api/v1/fleet', fleetSchema);
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  const [said, setSaid] = useState<string | null>(null);
  const text = words.fleet;
  const close = () => {
    setAsking({ kind: 'nothing' });
    reading.reload();
  };
  return (
    <Page
      title={text.heading}
      heading={text.heading}
      tools={
        <button type="button" class="button button-main" onClick={() => setAsking({ kind: 'enrol' })}>
          {text.add}
        </button>
      }
    >
      {said !== null && (
        <Notice tone="done">
          <p>{said}</p>
        </Notice>
      )}
      <RemoteView handle={reading}>
        {(fleet) => (
          <>
            <FleetBody fleet={fleet} onRevoke={(tablet) => setAsking({ kind: 'revoke', tablet })} />
            {asking.kind === 'enrol' && <EnrolDialog points={fleet.points} onClose={close} />}
            {asking.kind === 'revoke' && (
              <RevokeDialog
                tablet={asking.tablet}
                onClose={() => setAsking({ kind: 'nothing' })}
                onRevoked={() => {
                  setSaid(text.revoked(asking.tablet.pointName));
                  close();
                }}
              />
            )}
          </>
        )}
      </RemoteView>
    </Page>
  );
}

function FleetBody({ fleet, onRevoke }: { fleet: Fleet; onRevoke: (tablet: TabletState) => void }) {
  const text = words.fleet;
  const serving = fleet.tablets.filter((tablet) => tablet.revokedAt === null);
  const revoked = fleet.tablets.filter((tablet) => tablet.revokedAt !== null);
  // The ones that need somebody come first.
  const ordered = serving.toSorted((a, b) => Number(b.isSilent) - Number(a.isSilent));
  return (
    <>
      {serving.length === 0 ? (
        <Notice tone="empty" title={text.none}>
          <p>{text.noneHelp}</p>
        </Notice>
      ) : (
        <>
          <p class="fleet-summary">
            {text.summary(serving.length, serving.filter((tablet) => tablet.isSilent).length)}
          </p>
          <ul class="tablets" aria-label={text.listLabel}>
            {ordered.map((tablet) => (
              <li key={tablet.enrolmentId}>
                <TabletCard tablet={tablet} onRevoke={() => onRevoke(tablet)} />
              </li>
            ))}
          </ul>
        </>
      )}
      <QuarantineSection entries={fleet.quarantine} />
      {revoked.length > 0 && <RevokedTablets tablets={revoked} />}
    </>
  );
}
