import { useId, useState } from 'preact/hooks';
import { words } from '../words/words.ts';
import './text-field.css';

/** A labelled field with its hint and its fault, both tied to it for assistive technology. */
export function TextField(props: {
  label: string;
  value: string;
  onValue: (value: string) => void;
  name: string;
  type?: 'text' | 'email' | 'password';
  autoComplete?: 'username' | 'current-password' | 'new-password' | 'email' | 'name' | 'one-time-code';
  hint?: string;
  fault?: string | undefined;
  isRequired?: boolean;
}) {
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const isSecret = props.type === 'password';
  const hintId = props.hint === undefined ? '' : `${id}-hint`;
  const faultId = props.fault === undefined ? '' : `${id}-fault`;
  // The element's types forbid a type that is only known at run time; none of the three takes other attributes.
  const inputType = (isSecret && isShown ? 'text' : (props.type ?? 'text')) as 'text';
  const describedBy = `${hintId} ${faultId}`.trim();
  return (
    <div class={props.fault === undefined ? 'field' : 'field field-faulty'}>
      <label for={id}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="field-hint" id={hintId}>
          {props.hint}
        </p>
      )}
      <div class="field-box">
        <input
          id={id}
          name={props.name}
          type={inputType}
          value={props.value}
          autocomplete={props.autoComplete ?? 'off'}
          autocapitalize={props.type === undefined ? undefined : 'none'}
          spellcheck={false}
          required={props.isRequired ?? false}
          aria-invalid={props.fault !== undefined}
          aria-describedby={describedBy === '' ? undefined : describedBy}
          onInput={(event) => props.onValue(event.currentTarget.value)}
        />
        {isSecret && (
          <button type="button" class="button" onClick={() => setIsShown(!isShown)}>
            {isShown ? words.people.signIn.hide : words.people.signIn.show}{' '}
            <span class="visually-hidden">{words.people.signIn.thePassword}</span>
          </button>
        )}
      </div>
      {props.fault !== undefined && (
        <p class="field-fault" id={faultId}>
          {props.fault}
        </p>
      )}
    </div>
  );
}
