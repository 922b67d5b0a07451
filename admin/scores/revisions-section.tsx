import type { Revision } from '../../protocol/scores.ts';
import { WideTable } from '../components/wide-table.tsx';
import { formatDay } from '../words/format.ts';
import { words } from '../words/words.ts';
import { periodTextInSentence } from './overview-rows.ts';

/** What answers that came after the closing of a week changed in it. */
export function RevisionsSection({ revisions }: { revisions: readonly Revision[] }) {
  const text = words.scores.service;
  return (
    <section class="stack">
      <h2>{text.revisions}</h2>
      {revisions.length === 0 ? (
        <p class="soft">{text.noRevision}</p>
      ) : (
        <>
          <p class="soft">{text.revisionsLead}</p>
          <WideTable label={text.revisions}>
            <table class="table">
              <caption class="visually-hidden">{text.revisionsCaption}</caption>
              <thead>
                <tr>
                  <th scope="col">{text.week}</th>
                  <th scope="col">{text.revisedOn}</th>
                  <th scope="col">{text.added}</th>
                  <th scope="col" class="number">
                    {text.sharesColumn}
                  </th>
                </tr>
              </thead>
              <tbody>
                {revisions.map((revision) => (
                  <tr key={`${revision.week} ${revision.revisedOn}`}>
                    <th scope="row">{periodTextInSentence(revision.week)}</th>
                    <td>{formatDay(revision.revisedOn)}</td>
                    <td>{words.scores.change(revision)}</td>
                    <td class="number">{sharesText(revision)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
        </>
      )}
    </section>
  );
}

function sharesText({ shareBefore, shareAfter, baseBefore, baseAfter }: Revision): string {
  return shareBefore !== null && shareAfter !== null
    ? words.scores.revisionShares(shareBefore, shareAfter)
    : words.scores.revisionBases(baseBefore, baseAfter);
}
