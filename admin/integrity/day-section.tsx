import { useEffect, useRef, useState } from 'preact/hooks';
import { type DecisionKind, integrityDaySchema } from '../../protocol/integrity.ts';
import { RemoteView } from '../components/remote-view.tsx';
import { useReading, useSession } from '../shell/session.tsx';
import { formatDay } from '../words/format.ts';
import { words } from '../words/words.ts';
import { groupsOf } from './answer-groups.ts';
import { AnswerList } from './answer-list.tsx';
import { useDecisions } from './decide.ts';
import { SignDialog } from './sign-dialog.tsx';

interface Wanted {
  readonly kind: DecisionKind;
  readonly references: readonly string[];
}

/** One day's answers, as far as they may be judged by, and the decisions to sign about them. */
export function DaySection(props: {
  organisationId: string;
  serviceId: string;
  serviceName: string;
  date: string;
  /** Counted up with each change, so that what is on screen is read again. */
  round: number;
  onChanged: (said: string, tone: 'done' | 'fault') => void;
  onClose: () => void;
}) {
  const { organisationId, serviceId, date } = props;
  const path = `/api/v1/integrity/${encodeURIComponent(organisationId)}/${encodeURIComponent(serviceId)}/${date}`;
  const reading = useReading(path, integrityDaySchema);
  const { person, permissions } = useSession();
  const { sign } = useDecisions();
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const text = words.integrity;
  const mayDecide = permissions.includes('decide-exclusions');
  useEffect(() => headingRef.current?.focus(), [path]);
  useEffect(() => {
    if (props.round > 0) reading.reload();
  }, [props.round]);
  const ask = (kind: DecisionKind) => (references: readonly string[], pointIds: ReadonlySet<string>) => {
    if (pointIds.size > 1) props.onChanged(text.severalPoints, 'fault');
    else setWanted({ kind, references });
  };
  return (
    <section class="card stack" aria-labelledby="jour">
      <h2 id="jour" ref={headingRef} tabIndex={-1}>
        {text.dayHeading(props.serviceName, formatDay(date))}
      </h2>
      <p class="soft">{text.dayLead}</p>
      {!mayDecide && <p class="soft">{text.readOnly}</p>}
      <RemoteView handle={reading}>
        {(day) => {
          const groups = groupsOf(day);
          const [out, inside] = [true, false].map((side) =>
            groups.filter(({ isSetAside }) => isSetAside === side),
          );
          if (groups.length === 0) return <p>{text.emptyDay}</p>;
          const counted = (isSetAside: boolean) =>
            day.answers.filter((answer) => answer.isSetAside === isSetAside).length;
          return (
            // What was chosen is forgotten when the answers have changed sides.
            <div class="sides" key={day.answers.map((one) => `${one.reference}${one.isSetAside}`).join()}>
              <AnswerList
                heading={text.out(counted(true))}
                none={text.outNone}
                groups={out ?? []}
                mayDecide={mayDecide}
                action={text.include}
                onDecide={ask('include')}
              />
              <AnswerList
                heading={text.in(counted(false))}
                none={text.inNone}
                groups={inside ?? []}
                mayDecide={mayDecide}
                action={text.exclude}
                onDecide={ask('set-aside')}
              />
            </div>
          );
        }}
      </RemoteView>
      <p>
        <button type="button" class="button" onClick={props.onClose}>
          {text.closeDay}
        </button>
      </p>
      {wanted !== null && (
        <SignDialog
          heading={
            wanted.kind === 'include'
              ? text.includeHeading(wanted.references.length)
              : text.excludeHeading(wanted.references.length)
          }
          lead={text.signLead(person.name)}
          note={text.closedWeek}
          confirm={text.sign}
          onClose={() => setWanted(null)}
          onSign={async (reason) => {
            const decided = await sign(props, date, {
              kind: wanted.kind,
              references: [...wanted.references],
              reason,
            });
            if (decided.kind === 'failed') return decided.text;
            setWanted(null);
            if (decided.kind === 'conflict') props.onChanged(decided.text, 'fault');
            else props.onChanged(text.signed[wanted.kind](decided.decision.responses), 'done');
            return null;
          }}
        />
      )}
    </section>
  );
}
