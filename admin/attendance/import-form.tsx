import { useId, useState } from 'preact/hooks';
import {
  MAX_IMPORT_BYTES,
  type VisitorImportReply,
  visitorImportReplySchema,
} from '../../protocol/participation.ts';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';

/** Brings the file of a ticket machine, and says line by line what is wrong with it. */
export function ImportForm({ onImported }: { onImported: (what: string) => void }) {
  const { api } = useShell();
  const id = useId();
  const [chosen, setChosen] = useState<File | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [refused, setRefused] = useState<VisitorImportReply | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.attendance.import;
  const submit = async (event: Event) => {
    event.preventDefault();
    setRefused(null);
    if (chosen === null) return setFailure(text.none);
    if (chosen.size > MAX_IMPORT_BYTES) return setFailure(text.tooBig);
    setFailure(null);
    setIsSending(true);
    const body = { text: readText(await chosen.arrayBuffer()) };
    const result = await api.send('POST', '/api/v1/visitor-counts/imports', body, visitorImportReplySchema);
    setIsSending(false);
    if (!result.ok) return setFailure(failureText(result.error));
    const { added, changed, unchanged, faults } = result.value;
    if (faults.length > 0) setRefused(result.value);
    else onImported(text.done(added, changed, unchanged));
  };
  return (
    <form class="stack import-form" onSubmit={(event) => void submit(event)} noValidate>
      <h3>{text.heading}</h3>
      <div class="field">
        <label for={id}>{text.label}</label>
        <p class="field-hint">{text.hint}</p>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(event) => {
            setChosen(event.currentTarget.files?.[0] ?? null);
            setFailure(null);
            setRefused(null);
          }}
        />
      </div>
      {failure !== null && (
        <p class="form-failure" role="alert">
          {failure}
        </p>
      )}
      {refused !== null && (
        <div role="alert">
          <p class="form-failure">{text.refused}</p>
          <ul class="import-faults">
            {refused.faults.map(({ line, kind, value }) => (
              <li key={`${line} ${kind}`}>{text.line(line, text.faults[kind](value))}</li>
            ))}
            {refused.otherFaults > 0 && <li>{text.otherFaults(refused.otherFaults)}</li>}
          </ul>
        </div>
      )}
      <p>
        <button type="submit" class="button" disabled={isSending}>
          {isSending ? text.sending : text.submit}
        </button>
      </p>
    </form>
  );
}

/** UTF-8, or what older machines of Western Europe write. */
function readText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}
