import { useState } from 'preact/hooks';
import * as v from 'valibot';
import { accountChangeSchema } from '../../protocol/people.ts';
import type { Role } from '../../protocol/roles.ts';
import { invitationReplySchema, type ListedPerson, type Team } from '../../protocol/team.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { chosenOf, grantsOf } from './chosen-places.ts';
import { PlaceChoices, RoleChoices } from './role-fields.tsx';

type Faults = { readonly name?: string; readonly email?: string; readonly places?: string };

/** Somebody new, or another role for somebody who is there. */
export function PersonDialog(props: {
  /** Null for somebody new. */
  person: ListedPerson | null;
  organisations: Team['organisations'];
  onClose: () => void;
  onDone: (said: string) => void;
}) {
  const { api } = useShell();
  const { person, organisations } = props;
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(person?.grants[0]?.role ?? 'referent');
  const [chosen, setChosen] = useState(() => chosenOf(person?.grants ?? [], organisations));
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const text = words.team.dialog;
  const isMixed = new Set(person?.grants.map((grant) => grant.role)).size > 1;

  const submit = async (event: Event) => {
    event.preventDefault();
    const grants = grantsOf(role, chosen, organisations);
    const found: Faults = {
      ...(person === null && name.trim() === '' ? { name: text.nameMissing } : {}),
      ...(person === null && !v.is(accountChangeSchema.entries.email, email)
        ? { email: text.emailWrong }
        : {}),
      ...(grants.length === 0 ? { places: text.nothing } : {}),
    };
    setFaults(found);
    setFailure(null);
    if (Object.keys(found).length > 0) return;
    setIsSending(true);
    if (person === null) {
      const invitation = { name: name.trim(), email: email.trim(), grants };
      const result = await api.send('POST', '/api/v1/people', invitation, invitationReplySchema);
      setIsSending(false);
      if (!result.ok) return setFailure(failureText(result.error));
      const { done } = words.team;
      props.onDone(result.value.isLetterSent ? done.invited(name.trim()) : done.invitedWithout(name.trim()));
    } else {
      const address = `/api/v1/people/${person.organisationId}/${person.personId}`;
      const result = await api.sendOnly('PUT', address, { grants });
      setIsSending(false);
      if (!result.ok) return setFailure(failureText(result.error));
      props.onDone(words.team.done.changed(person.name));
    }
  };

  return (
    <Dialog
      heading={person === null ? text.inviteHeading : text.changeHeading(person.name)}
      onClose={props.onClose}
    >
      <form class="form" noValidate onSubmit={(event) => void submit(event)}>
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        {isMixed && <p>{text.mixed}</p>}
        {person === null && (
          <>
            <TextField
              label={text.name}
              name="name"
              value={name}
              onValue={setName}
              fault={faults.name}
              isRequired
            />
            <TextField
              label={text.email}
              name="email"
              type="email"
              value={email}
              onValue={setEmail}
              fault={faults.email}
              isRequired
            />
          </>
        )}
        <RoleChoices role={role} onRole={setRole} />
        <PlaceChoices role={role} organisations={organisations} chosen={chosen} onChosen={setChosen} />
        {faults.places !== undefined && (
          <p class="field-fault" role="alert">
            {faults.places}
          </p>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {isSending ? text.sending : person === null ? text.invite : text.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
