import type { Fleet } from '../../protocol/fleet.ts';
import { Notice } from '../components/notice.tsx';
import { useSession, useShell } from '../shell/session.tsx';
import { formatAgo, formatInstant, formatSince } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Two nights without one: somebody should look. */
const LATE_MS = 2 * 86_400_000;

/** When the server was last copied: a line where all is well, a notice where somebody must act. */
export function BackupLine({ backup }: { backup: Fleet['backup'] }) {
  const { now } = useShell();
  const { timeZone } = useSession();
  const text = words.fleet.backup;
  const { finishedAt, failedAt } = backup;
  if (failedAt !== null) return <Warning title={text.failed(formatInstant(failedAt, timeZone))} />;
  if (finishedAt === null)
    return (
      <p class="soft small">
        {text.none}. {text.noneHelp}
      </p>
    );
  if (now() - Date.parse(finishedAt) > LATE_MS)
    return <Warning title={text.late(formatSince(finishedAt, now(), timeZone))} />;
  return <p class="soft small">{text.last(formatAgo(finishedAt, now(), timeZone))}</p>;
}

function Warning({ title }: { title: string }) {
  return (
    <Notice tone="fault" title={title}>
      <p>{words.fleet.backup.help}</p>
    </Notice>
  );
}
