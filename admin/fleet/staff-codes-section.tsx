import { useState } from 'preact/hooks';
import { STAFF_CODE, type StaffCodeState } from '../../protocol/staff-code.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatInstant } from '../words/format.ts';
import { words } from '../words/words.ts';

/** The code that opens the menu of each organisation's tablets. */
export function StaffCodesSection(props: {
  codes: readonly StaffCodeState[];
  onChange: (code: StaffCodeState) => void;
}) {
  const { timeZone } = useSession();
  const text = words.fleet.staffCode;
  return (
    <section class="stack">
      <h2>{text.heading}</h2>
      <p class="soft">{text.explain}</p>
      <ul class="staff-codes">
        {props.codes.map((code) => (
          <li key={code.organisationId}>
            <span>{code.organisationName}</span>
            {code.shownCode === null ? (
              <span class="soft">{text.chosen(formatInstant(code.changedAt, timeZone))}</span>
            ) : (
              <strong class="staff-code">{code.shownCode}</strong>
            )}
            <button
              type="button"
              class="button button-small"
              aria-label={text.changeNamed(code.organisationName)}
              onClick={() => props.onChange(code)}
            >
              {text.change}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Chooses another code. It is kept as what proves it only, so it is shown nowhere again. */
export function StaffCodeDialog(props: { code: StaffCodeState; onClose: () => void; onChanged: () => void }) {
  const { api } = useShell();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.fleet.staffCode;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!STAFF_CODE.test(typed)) return setFault(text.fault);
    setIsSending(true);
    const path = `/api/v1/fleet/staff-codes/${encodeURIComponent(props.code.organisationId)}`;
    const result = await api.sendOnly('PUT', path, { code: typed });
    setIsSending(false);
    if (result.ok) props.onChanged();
    else setFault(failureText(result.error));
  };
  return (
    <Dialog heading={text.changeNamed(props.code.organisationName)} onClose={props.onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label={text.label}
          name="code"
          value={typed}
          hint={text.hint}
          fault={fault ?? undefined}
          isRequired
          onValue={(value) => {
            setTyped(value.trim());
            setFault(null);
          }}
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {text.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
