import { useState } from 'preact/hooks';
import type { Mask } from '../../domain/masking.ts';
import { passagesOf } from '../../domain/passages.ts';
import type { Verbatim } from '../../protocol/verbatims.ts';
import { TextField } from '../components/text-field.tsx';
import { words } from '../words/words.ts';
import { KeyedButton } from './keyed-button.tsx';

type Original = NonNullable<Verbatim['original']>;

/** What is masked, what might be, and a field for any other words; each is a button, so that a hand that holds no mouse has it too. */
export function MaskTools(props: {
  original: Original;
  areKeysOn: boolean;
  onMasks: (masks: readonly Mask[]) => void;
}) {
  const { original, onMasks } = props;
  const { text, masks, proposals } = original;
  const said = words.moderation;
  const passageOf = ({ start, end }: Mask) => text.slice(start, end);
  return (
    <div class="mask-tools no-print">
      {proposals.length > 0 && (
        <section aria-label={said.proposalsHeading}>
          <h2>{said.proposalsHeading}</h2>
          <p class="soft small">{said.proposalsHelp}</p>
          <div class="mask-choices">
            <KeyedButton
              deed="mask"
              areKeysOn={props.areKeysOn}
              class="button-small"
              onDeed={() => onMasks([...masks, ...proposals])}
            >
              {said.maskProposed(proposals.length)}
            </KeyedButton>
            {proposals.length > 1 &&
              proposals.map((proposal) => (
                <button
                  key={proposal.start}
                  type="button"
                  class="button button-small button-quiet"
                  onClick={() => onMasks([...masks, proposal])}
                >
                  {said.maskOne(proposal.kind, passageOf(proposal))}
                </button>
              ))}
          </div>
        </section>
      )}
      {masks.length > 0 && (
        <section aria-label={said.masksHeading}>
          <h2>{said.masksHeading}</h2>
          <div class="mask-choices">
            {masks.map((mask) => (
              <button
                key={mask.start}
                type="button"
                class="button button-small button-quiet"
                onClick={() => onMasks(masks.filter((other) => other !== mask))}
              >
                {said.unmaskOne(mask.kind, passageOf(mask))}
              </button>
            ))}
          </div>
        </section>
      )}
      <OtherWords text={text} onFound={(found) => onMasks([...masks, ...found])} />
    </div>
  );
}

/** Words to mask wherever they are in the text; filled by a selection where there is one. */
function OtherWords(props: { text: string; onFound: (found: readonly Mask[]) => void }) {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | undefined>(undefined);
  const said = words.moderation;
  const mask = (wanted: string) => {
    const found = occurrences(props.text, wanted);
    setFault(found.length === 0 ? said.maskWordsMissing : undefined);
    if (found.length === 0) return;
    setTyped('');
    props.onFound(found);
  };
  return (
    <details class="mask-words">
      <summary>{said.maskWords}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mask(typed);
        }}
      >
        <TextField
          label={said.maskWords}
          hint={said.maskWordsHint}
          name="words"
          value={typed}
          onValue={setTyped}
          fault={fault}
        />
        <div class="mask-choices">
          <button type="submit" class="button button-small">
            {said.maskWordsSubmit}
          </button>
          {/* Pressing a button would undo the selection before it can be read. */}
          <button
            type="button"
            class="button button-small button-quiet"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mask(document.getSelection()?.toString() ?? '')}
          >
            {said.maskSelection}
          </button>
        </div>
        <p class="soft small">{said.selectionHint}</p>
      </form>
    </details>
  );
}

function occurrences(text: string, wanted: string): readonly Mask[] {
  const literal = wanted.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (literal === '') return [];
  return passagesOf(text, new RegExp(literal, 'giu')).map((passage) => ({ ...passage, kind: 'other' }));
}
