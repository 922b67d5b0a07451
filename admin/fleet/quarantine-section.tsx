import type { QuarantinedEntry } from '../../protocol/fleet.ts';
import { WideTable } from '../components/wide-table.tsx';
import { useSession } from '../shell/session.tsx';
import { formatInstant } from '../words/format.ts';
import { words } from '../words/words.ts';

/** What tablets sent and nobody could understand: kept whole, listed by its outline. */
export function QuarantineSection({ entries }: { entries: readonly QuarantinedEntry[] }) {
  const { timeZone } = useSession();
  const text = words.fleet.quarantine;
  return (
    <section class="stack">
      <h2>{text.heading}</h2>
      {entries.length === 0 ? (
        <p class="soft">{text.none}</p>
      ) : (
        <>
          <p class="soft">{text.explain}</p>
          <WideTable label={text.heading}>
            <table class="table">
              <caption class="visually-hidden">{text.caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{text.receivedAt}</th>
                  <th scope="col">{text.point}</th>
                  <th scope="col">{text.reason}</th>
                  <th scope="col" class="number">
                    {text.size}
                  </th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <tr key={entry.quarantineId}>
                    <th scope="row">{formatInstant(entry.receivedAt, timeZone)}</th>
                    <td>{entry.pointName}</td>
                    <td>{entry.reason}</td>
                    <td class="number">{text.bytes(entry.bodyBytes)}</td>
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
