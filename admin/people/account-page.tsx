import { useEffect, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';
import { accountChangeSchema, MIN_PASSWORD_LENGTH, sessionSchema } from '../../protocol/people.ts';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { TextField } from '../components/text-field.tsx';
import type { ApiFailure } from '../shell/api.ts';
import { failureText } from '../shell/failure-words.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { isSlashShortcutOn, setSlashShortcut } from '../shell/slash-shortcut.ts';
import { WeeklyLetterSection } from '../weekly-mail/weekly-letter-section.tsx';
import { words } from '../words/words.ts';
import { ProofFields } from './proof-fields.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import './people.css';

type FieldName = 'name' | 'email' | 'currentPassword' | 'code' | 'newPassword';
type Fields = Readonly<Record<FieldName, string>>;
type Faults = Partial<Record<FieldName, string>>;

/** Name, e-mail and password of whoever is signed in. */
export function AccountPage() {
  const { api, renew } = useShell();
  const { person } = useSession();
  const [fields, setFields] = useState<Fields>({
    name: person.name,
    email: person.email,
    currentPassword: '',
    code: '',
    newPassword: '',
  });
  const [faults, setFaults] = useState<Faults>({});
  const [outcome, setOutcome] = useState<'idle' | 'sending' | 'saved'>('idle');
  const [failure, setFailure] = useState<string | null>(null);
  const [hasSlash, setHasSlash] = useState(isSlashShortcutOn);
  const summaryRef = useRef<HTMLDivElement>(null);
  const text = words.people.account;

  useEffect(() => {
    if (Object.keys(faults).length > 0) summaryRef.current?.focus();
  }, [faults]);

  const set = (name: FieldName) => (value: string) => setFields((current) => ({ ...current, [name]: value }));

  // A name is changed without: it opens nothing.
  const isOpening = fields.newPassword !== '' || fields.email.trim().toLowerCase() !== person.email;
  const needsProof = isOpening && person.hasPassword;

  const submit = async (event: Event) => {
    event.preventDefault();
    setFailure(null);
    const found = faultsOf(fields, needsProof ? person : null);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setOutcome('sending');
    const change = {
      name: fields.name.trim(),
      email: fields.email.trim(),
      ...(fields.newPassword === '' ? {} : { newPassword: fields.newPassword }),
      ...(needsProof && fields.currentPassword !== '' ? { currentPassword: fields.currentPassword } : {}),
      ...(needsProof && fields.code.trim() !== '' ? { code: fields.code.trim() } : {}),
    };
    const result = await api.send('PUT', '/api/v1/account', change, sessionSchema);
    if (result.ok) {
      renew(result.value);
      setFields((current) => ({ ...current, currentPassword: '', code: '', newPassword: '' }));
      setOutcome('saved');
    } else {
      setOutcome('idle');
      const told = faultsToldBy(result.error);
      setFaults(told);
      if (Object.keys(told).length === 0) setFailure(failureText(result.error));
    }
  };

  return (
    <Page title={text.heading} heading={text.heading}>
      <form class="form account card" noValidate onSubmit={(event) => void submit(event)}>
        {outcome === 'saved' && (
          <Notice tone="done">
            <p>{text.saved}</p>
          </Notice>
        )}
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <FaultSummary faults={faults} summaryRef={summaryRef} />
        <TextField
          label={text.name}
          hint={text.nameHint}
          name="name"
          autoComplete="name"
          value={fields.name}
          onValue={set('name')}
          fault={faults.name}
          isRequired
        />
        <TextField
          label={text.email}
          name="email"
          type="email"
          autoComplete="email"
          value={fields.email}
          onValue={set('email')}
          fault={faults.email}
          isRequired
        />
        <fieldset class="form-section">
          <legend>{text.passwordHeading}</legend>
          <p class="soft">{person.hasPassword ? text.passwordSet : text.passwordUnset}</p>
          <TextField
            label={text.newPassword}
            hint={text.newPasswordHint(MIN_PASSWORD_LENGTH)}
            name="newPassword"
            type="password"
            autoComplete="new-password"
            value={fields.newPassword}
            onValue={set('newPassword')}
            fault={faults.newPassword}
          />
        </fieldset>
        {needsProof && (
          <ProofFields
            {...person}
            currentPassword={fields.currentPassword}
            onCurrentPassword={set('currentPassword')}
            code={fields.code}
            onCode={set('code')}
            fault={faults.currentPassword}
          />
        )}
        <fieldset class="form-section">
          <legend>{text.keyboardHeading}</legend>
          <label class="check">
            <input
              type="checkbox"
              checked={hasSlash}
              onChange={(event) => {
                setSlashShortcut(event.currentTarget.checked);
                setHasSlash(event.currentTarget.checked);
              }}
            />
            {text.slashShortcut}
          </label>
        </fieldset>
        <button type="submit" class="button button-main" disabled={outcome === 'sending'}>
          {outcome === 'sending' ? text.submitting : text.submit}
        </button>
      </form>
      <SecondFactorSection />
      <SessionsSection />
      <WeeklyLetterSection />
    </Page>
  );
}

function FaultSummary(props: { faults: Faults; summaryRef: { current: HTMLDivElement | null } }) {
  const messages = Object.values(props.faults);
  if (messages.length === 0) return null;
  return (
    <div class="form-failure" tabIndex={-1} ref={props.summaryRef}>
      {words.people.faults.summary(messages.length)}
      <ul class="fault-list">
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}

/** The fields that the server does not take, each with what to do about it. */
function faultsToldBy(failure: ApiFailure): Faults {
  if (failure.kind !== 'problem') return {};
  const { fields } = words.people.faults;
  const told = failure.problem.errors?.map(({ field }) => field) ?? [];
  return {
    ...(told.includes('email') ? { email: fields.email } : {}),
    ...(told.includes('newPassword') ? { newPassword: fields.newPassword } : {}),
    ...(told.includes('currentPassword') ? { currentPassword: fields.currentPassword } : {}),
    ...(told.includes('code') ? { currentPassword: fields.code } : {}),
  };
}

/** @param proved who must show that it is they; null where nothing is changed that opens the account */
function faultsOf(fields: Fields, proved: { readonly hasSecondFactor: boolean } | null): Faults {
  const text = words.people.faults;
  const faults: Faults = {};
  if (fields.name.trim() === '') faults.name = text.nameMissing;
  if (fields.email.trim() === '') faults.email = text.emailMissing;
  else if (!v.safeParse(accountChangeSchema.entries.email, fields.email).success)
    faults.email = text.emailWrong;
  if (fields.newPassword !== '' && fields.newPassword.length < MIN_PASSWORD_LENGTH)
    faults.newPassword = text.newPasswordShort(MIN_PASSWORD_LENGTH);
  if (proved !== null && fields.currentPassword === '' && fields.code.trim() === '')
    faults.currentPassword = proved.hasSecondFactor ? text.proofMissing : text.currentPasswordMissing;
  return faults;
}
