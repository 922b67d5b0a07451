import { useState } from 'preact/hooks';
import type { Decision } from '../../protocol/integrity.ts';
import { WideTable } from '../components/wide-table.tsx';
import { useSession } from '../shell/session.tsx';
import { formatDay, formatInstant } from '../words/format.ts';
import { words } from '../words/words.ts';
import { useDecisions } from './decide.ts';
import { SignDialog } from './sign-dialog.tsx';

/** Every decision about answers of the period, those taken back included, each with its name and its reason. */
export function DecisionsSection(props: {
  decisions: readonly Decision[];
  serviceNameOf: (decision: Decision) => string;
  onChanged: (said: string, tone: 'done' | 'fault') => void;
}) {
  const { person, permissions, timeZone } = useSession();
  const { takeBack } = useDecisions();
  const [chosen, setChosen] = useState<Decision | null>(null);
  const text = words.integrity;
  const mayDecide = permissions.includes('decide-exclusions');
  const at = (instant: string) => formatInstant(instant, timeZone);
  return (
    <section class="card stack" aria-labelledby="decisions">
      <h2 id="decisions">{text.decisions}</h2>
      {props.decisions.length === 0 ? (
        <p class="soft">{text.decisionsNone}</p>
      ) : (
        <WideTable label={text.decisionsCaption}>
          <table class="table decisions">
            <caption class="visually-hidden">{text.decisionsCaption}</caption>
            <thead>
              <tr>
                <th scope="col">{text.about}</th>
                <th scope="col">{text.decision}</th>
                <th scope="col">{text.why}</th>
                <th scope="col">{text.who}</th>
              </tr>
            </thead>
            <tbody>
              {props.decisions.map((decision) => (
                <tr key={decision.decisionId}>
                  <th scope="row">
                    {formatDay(decision.date)}
                    <span class="soft small">
                      {[
                        ...(decision.halfDay === null ? [] : [text.halfDays[decision.halfDay]]),
                        decision.pointName,
                        props.serviceNameOf(decision),
                      ].join(', ')}
                    </span>
                  </th>
                  <td>{text.kinds[decision.kind](decision.responses)}</td>
                  <td>{decision.reason}</td>
                  <td>
                    {text.by(decision.signedBy, at(decision.signedAt))}
                    {decision.takenBack !== null && (
                      <p class="taken-back">
                        <strong>{text.takenBack(decision.takenBack.by, at(decision.takenBack.at))}</strong>{' '}
                        {decision.takenBack.reason}
                      </p>
                    )}
                    {decision.takenBack === null && mayDecide && (
                      <p>
                        <button
                          type="button"
                          class="button button-small no-print"
                          aria-label={text.takeBackNamed(
                            text.kinds[decision.kind](decision.responses),
                            formatDay(decision.date),
                          )}
                          onClick={() => setChosen(decision)}
                        >
                          {text.takeBack}
                        </button>
                      </p>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      {chosen !== null && (
        <SignDialog
          heading={text.takeBackHeading}
          lead={text.takeBackLead(person.name)}
          note={text.closedWeek}
          confirm={text.takeBackSign}
          onClose={() => setChosen(null)}
          onSign={async (reason) => {
            const decided = await takeBack(chosen, reason);
            if (decided.kind === 'failed') return decided.text;
            setChosen(null);
            props.onChanged(
              decided.kind === 'conflict' ? decided.text : text.done,
              decided.kind === 'conflict' ? 'fault' : 'done',
            );
            return null;
          }}
        />
      )}
    </section>
  );
}
