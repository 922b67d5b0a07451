import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { ChoiceItem } from '../../domain/survey.ts';
import { type Speech, wordingIn } from '../words/speech.ts';
import { enterByTab, walkByTab } from './walk-by-tab.ts';

interface Props {
  readonly item: ChoiceItem;
  /** What was chosen before, when the visitor came back to change it. */
  readonly chosen: readonly string[];
  readonly speech: Speech;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onChoose: (codes: readonly string[]) => void;
  /** The question does not concern the visitor. */
  readonly onSkip: () => void;
}

/** One choice among the town's own options, or several, handed in with a button. */
export function ChoiceFieldset({ item, chosen, speech, heading, onChoose, onSkip }: Props): JSX.Element {
  const [codes, setCodes] = useState(chosen);
  const stem = wordingIn(speech, item.stem);
  const hintId = `${item.itemId}-hint`;

  function toggle(code: string, isChosen: boolean): void {
    const others = item.isMultiple ? codes.filter((other) => other !== code) : [];
    setCodes(isChosen ? [...others, code] : others);
  }

  return (
    <>
      <fieldset
        class="choice"
        data-item={item.itemId}
        onKeyDown={walkByTab}
        onFocusIn={enterByTab}
        {...(item.isMultiple && { 'aria-describedby': hintId })}
      >
        <legend>
          <h1 ref={heading} tabIndex={-1} lang={stem.lang} dir="auto">
            {stem.text}
          </h1>
        </legend>
        {item.isMultiple && (
          <p id={hintId} class="hint">
            {speech.words.severalChoices}
          </p>
        )}
        <div class="options">
          {item.options.map((option) => {
            const label = wordingIn(speech, option.label);
            return (
              <label key={option.code} class="option">
                <input
                  type={item.isMultiple ? 'checkbox' : 'radio'}
                  name={item.itemId}
                  value={option.code}
                  checked={codes.includes(option.code)}
                  onChange={(event) => toggle(option.code, event.currentTarget.checked)}
                />
                <span lang={label.lang} dir="auto">
                  {label.text}
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      <div class="row">
        <button type="button" class="button" onClick={onSkip}>
          {speech.words.levels['not-applicable']}
        </button>
        <button
          type="button"
          class="button button-main at-end"
          disabled={codes.length === 0}
          onClick={() => onChoose(inOptionOrder(item, codes))}
        >
          {speech.words.confirm}
        </button>
      </div>
    </>
  );
}

function inOptionOrder(item: ChoiceItem, codes: readonly string[]): readonly string[] {
  return item.options.map((option) => option.code).filter((code) => codes.includes(code));
}
