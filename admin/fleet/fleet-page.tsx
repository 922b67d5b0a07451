import { useState } from 'preact/hooks';
import { type Fleet, fleetSchema, type TabletState } from '../../protocol/fleet.ts';
import type { StaffCodeState } from '../../protocol/staff-code.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { useMay, useReading } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { BackupLine } from './backup-line.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { QuarantineSection } from './quarantine-section.tsx';
import { RescueDialog } from './rescue-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { StaffCodeDialog, StaffCodesSection } from './staff-codes-section.tsx';
import { RevokedTablets, TabletCard } from './tablet-card.tsx';
import './fleet.css';

type Asking =
  | { kind: 'nothing' }
  | { kind: 'enrol' }
  | { kind: 'rescue' }
  | { kind: 'revoke'; tablet: TabletState }
  | { kind: 'code'; code: StaffCodeState };

/** The tablets: which one is silent, adding one, taking one out of service, what could not be understood. */
export function FleetPage() {
  const reading = useReading('/api/v1/fleet', fleetSchema);
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  const [said, setSaid] = useState<string | null>(null);
  const mayChange = useMay('change-fleet');
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
        mayChange && (
          <>
            <button type="button" class="button" onClick={() => setAsking({ kind: 'rescue' })}>
              {text.rescue.open}
            </button>
            <button type="button" class="button button-main" onClick={() => setAsking({ kind: 'enrol' })}>
              {text.add}
            </button>
          </>
        )
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
            <FleetBody
              fleet={fleet}
              onRevoke={(tablet) => setAsking({ kind: 'revoke', tablet })}
              onChangeCode={(code) => setAsking({ kind: 'code', code })}
            />
            {asking.kind === 'rescue' && <RescueDialog onClose={close} />}
            {asking.kind === 'code' && (
              <StaffCodeDialog
                code={asking.code}
                onClose={() => setAsking({ kind: 'nothing' })}
                onChanged={() => {
                  setSaid(text.staffCode.changed(asking.code.organisationName));
                  close();
                }}
              />
            )}
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

function FleetBody({
  fleet,
  onRevoke,
  onChangeCode,
}: {
  fleet: Fleet;
  onRevoke: (tablet: TabletState) => void;
  onChangeCode: (code: StaffCodeState) => void;
}) {
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
      <BackupLine backup={fleet.backup} />
      {fleet.staffCodes.length > 0 && <StaffCodesSection codes={fleet.staffCodes} onChange={onChangeCode} />}
      <QuarantineSection entries={fleet.quarantine} />
      {revoked.length > 0 && <RevokedTablets tablets={revoked} />}
    </>
  );
}
