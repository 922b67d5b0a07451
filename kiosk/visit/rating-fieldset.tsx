import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { NOT_APPLICABLE, scaleOf } from '../../domain/scales.ts';
import type { RatingItem } from '../../domain/survey.ts';
import { type Speech, levelToText, wordingIn } from '../words/speech.ts';
import type { LevelCode } from '../words/words.ts';
import { LevelMark } from './faces.tsx';
import { enterByTab, walkByTab } from './walk-by-tab.ts';

/** Longer than a tablet takes to store an answer, and too short to be waited for. */
const TICK_AFTER_MS = 100;

interface Props {
  readonly item: RatingItem;
  /** The level given before, when the visitor came back to change it. */
  readonly chosen: string | null;
  readonly speech: Speech;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  /** The visitor meant this level: touched it, or confirmed it on the keyboard. */
  readonly onRate: (code: string) => void;
}

/** One rating: real radio buttons, so that every way of operating a page can answer. */
export function RatingFieldset({ item, chosen, speech, heading, onRate }: Props): JSX.Element {
  const { scaleId, itemId } = item;
  const stem = wordingIn(speech, item.stem);
  const levels = useMemo(() => <Levels scaleId={scaleId} speech={speech} />, [scaleId, speech]);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const tick = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useLayoutEffect(() => {
    clearTimeout(tick.current);
    for (const radio of fieldset.current?.querySelectorAll('input') ?? [])
      radio.checked = radio.value === chosen;
  }, [itemId, chosen]);
  const isArrowMove = useRef(false);

  /*
   * Arrow keys move the selection of a radio group, and browsers then fire the same click as a touch does. That click
   * comes while the key press is being handled, before any timer can run.
   */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key.startsWith('Arrow')) {
      isArrowMove.current = true;
      setTimeout(() => {
        isArrowMove.current = false;
      });
    } else if (event.key === 'Enter' && !event.repeat) rate(event);
    else walkByTab(event);
  }

  /** Space on a radio button that the arrows have chosen fires no click, so it is listened to here. */
  function onKeyUp(event: KeyboardEvent): void {
    if (event.key === ' ') rate(event);
  }

  /** As a rule the next question is there before a tick could be seen, and would come later for its painting: it waits a moment. */
  function onClick({ target }: MouseEvent): void {
    if (isArrowMove.current || !(target instanceof HTMLInputElement)) return;
    target.checked = false;
    clearTimeout(tick.current);
    tick.current = setTimeout(() => {
      target.checked = true;
    }, TICK_AFTER_MS);
    onRate(target.value);
  }

  function rate(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onRate(event.target.value);
  }

  return (
    <fieldset
      ref={fieldset}
      class="rating"
      data-item={itemId}
      data-scale={scaleId}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onFocusIn={enterByTab}
      onClick={onClick}
    >
      <legend>
        <h1 ref={heading} tabIndex={-1} lang={stem.lang} dir="auto">
          {stem.text}
        </h1>
      </legend>
      {levels}
    </fieldset>
  );
}

/** The levels of a scale, with *non concerné* a little apart. They are the same for each question. */
function Levels({ scaleId, speech }: Pick<RatingItem, 'scaleId'> & Pick<Props, 'speech'>): JSX.Element {
  const points = scaleOf(scaleId).points.map((point) => point.code);
  const codes = scaleId === 'zero-to-ten' ? [...points].reverse() : points;
  return (
    <div class="levels">
      {[...codes, NOT_APPLICABLE].map((code) => (
        <label key={code} class={code === NOT_APPLICABLE ? 'level level-aside' : 'level'}>
          <input type="radio" name="level" value={code} />
          {hasWords(speech, code) ? (
            <>
              <LevelMark code={code} />
              <span class="level-words">{levelToText(speech, scaleId, code)}</span>
            </>
          ) : (
            <span class="level-number">{levelToText(speech, scaleId, code)}</span>
          )}
        </label>
      ))}
    </div>
  );
}

function hasWords(speech: Speech, code: string): code is LevelCode {
  return Object.hasOwn(speech.words.levels, code);
}
