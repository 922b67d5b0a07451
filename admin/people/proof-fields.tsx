import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';

/** By which whoever changes what opens their account shows that it is still they: either is enough. */
export function ProofFields(props: {
  hasPassword: boolean;
  hasSecondFactor: boolean;
  currentPassword: string;
  onCurrentPassword: (value: string) => void;
  code: string;
  onCode: (value: string) => void;
  fault: string | undefined;
}) {
  const text = words.people.account;
  const { hasPassword, hasSecondFactor } = props;
  return (
    <fieldset class="form-section">
      <legend>{text.proofHeading}</legend>
      <p class="soft">{hasPassword && hasSecondFactor ? text.proofLead : text.proofLeadPassword}</p>
      {hasPassword && (
        <TextField
          label={text.currentPassword}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          value={props.currentPassword}
          onValue={props.onCurrentPassword}
          fault={props.fault}
        />
      )}
      {hasPassword && hasSecondFactor && (
        <TextField
          label={words.people.signIn.code}
          hint={words.people.signIn.codeHint}
          name="code"
          autoComplete="one-time-code"
          value={props.code}
          onValue={props.onCode}
        />
      )}
    </fieldset>
  );
}
