import type { Participation as Told } from '../../protocol/participation.ts';
import { words } from '../words/words.ts';

/** How many of the counted visitors answered; nothing where nobody counted. */
export function Participation({ participation }: { participation: Told | null }) {
  if (participation === null) return null;
  const { responses, visitors, countedDays } = participation;
  const text = words.attendance;
  return (
    <p class="small participation">
      {responses > visitors
        ? text.moreThanVisitors(responses, visitors)
        : text.participation(responses, visitors, countedDays)}
    </p>
  );
}
