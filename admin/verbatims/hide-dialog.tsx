import { useId, useState } from 'preact/hooks';
import { HIDE_CATEGORIES, type HideCategory, isReasonMissing } from '../../protocol/verbatims.ts';
import { Dialog } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';

/** Why a text is hidden. */
export interface HideReason {
  readonly category: HideCategory;
  readonly reason: string;
}

/**
 * Why a text is to be hidden; nobody hides one without saying. `onHide` tells what kept it from being done, and the dialog then stays,
 * with what was typed.
 */
export function HideDialog(props: {
  onClose: () => void;
  onHide: (why: HideReason) => Promise<string | null>;
}) {
  const [category, setCategory] = useState<HideCategory | null>(null);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<'category' | 'reason' | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const text = words.moderation;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (category === null) return setFault('category');
    if (isReasonMissing({ change: 'hide', version: 0, category, reason })) return setFault('reason');
    setFault(null);
    setIsSending(true);
    setFailure(await props.onHide({ category, reason: reason.trim() }));
    setIsSending(false);
  };
  return (
    <Dialog heading={text.hideHeading} onClose={props.onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <p>{text.hideBody}</p>
        {failure !== null && (
          <p class="form-failure" role="alert">
            {failure}
          </p>
        )}
        <CategoryChoice chosen={category} onChoose={setCategory} isMissing={fault === 'category'} />
        <TextField
          label={text.reason}
          hint={text.reasonHint}
          name="reason"
          value={reason}
          onValue={setReason}
          fault={fault === 'reason' ? text.reasonMissing : undefined}
        />
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.onClose}>
            {words.shell.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={isSending}>
            {text.hideConfirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function CategoryChoice(props: {
  chosen: HideCategory | null;
  onChoose: (category: HideCategory) => void;
  isMissing: boolean;
}) {
  const id = useId();
  const text = words.moderation;
  return (
    <fieldset class="hide-categories" aria-describedby={props.isMissing ? `${id}-fault` : undefined}>
      <legend>{text.category}</legend>
      {HIDE_CATEGORIES.map((category) => (
        <label key={category}>
          <input
            type="radio"
            name="category"
            value={category}
            checked={props.chosen === category}
            onChange={() => props.onChoose(category)}
          />
          {text.categories[category]}
        </label>
      ))}
      {props.isMissing && (
        <p class="field-fault" id={`${id}-fault`} role="alert">
          {text.categoryMissing}
        </p>
      )}
    </fieldset>
  );
}
