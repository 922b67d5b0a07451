import type { SetAside, SetAsideWeek } from '../../protocol/scores.ts';
import { WideTable } from '../components/wide-table.tsx';
import { formatCount, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';
import { periodTextInSentence } from './overview-rows.ts';

/** « 14 réponses signalées mises de côté (rafales : 12, hors horaires : 2). Avec elles : 87 %. » Nothing where nothing is. */
export function SetAsideLine({ setAside }: { readonly setAside: SetAside }) {
  if (setAside.responses === 0) return null;
  return <p class="small set-aside">{setAsideText(setAside)}</p>;
}

function setAsideText({ responses, reasons, shareWith }: SetAside): string {
  const text = words.scores.setAside;
  const line = text.line(
    responses,
    reasons.map(({ reason, responses: count }) => text.reason(text.reasons[reason], count)),
  );
  return shareWith === null ? line : `${line} ${text.withThem(responses, shareWith)}`;
}

/** Which weeks had answers set aside, how many and why; nobody's answer is shown. */
export function IntegritySection({ weeks, address }: { weeks: readonly SetAsideWeek[]; address: string }) {
  const text = words.scores.setAside;
  return (
    <section class="stack">
      <h2>{text.title}</h2>
      <p class="soft">{weeks.length === 0 ? text.none : text.lead}</p>
      <p class="no-print">
        <a href={address}>{text.decide}</a>
      </p>
      {weeks.length > 0 && (
        <WideTable label={text.title}>
          <table class="table">
            <caption class="visually-hidden">{text.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{text.week}</th>
                <th scope="col" class="number">
                  {text.count}
                </th>
                <th scope="col">{text.why}</th>
                <th scope="col" class="number">
                  {text.shareWith}
                </th>
              </tr>
            </thead>
            <tbody>
              {weeks.map(({ week, responses, reasons, shareWith }) => (
                <tr key={week}>
                  <th scope="row">{periodTextInSentence(week)}</th>
                  <td class="number">{formatCount(responses)}</td>
                  <td>
                    {reasons
                      .map(({ reason, responses: count }) => text.reason(text.reasons[reason], count))
                      .join(', ')}
                  </td>
                  <td class="number">{shareWith === null ? text.notTold : formatShare(shareWith)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </section>
  );
}
