import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VerbatimItem } from '../../domain/survey.ts';
import type { Visit } from '../../domain/visit.ts';
import type { Kiosk } from '../kiosk.ts';
import { type Speech, fillCount, wordingIn } from '../words/speech.ts';
import type { LoadSuggestionAid, SuggestionAid } from './suggestion-aid.ts';
import { ThemeChips } from './theme-chips.tsx';

/** How long typing rests before the characters left are read out. */
const ANNOUNCE_AFTER_MS = 1_500;

interface Props {
  readonly item: VerbatimItem;
  readonly visit: Visit;
  readonly speech: Speech;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly kiosk: Kiosk;
  readonly loadAid: LoadSuggestionAid;
  /** Is given what « Envoyer » does: the words are looked at before they leave. */
  readonly handIn: { current: (() => void) | null };
}

/** The optional free text and its themes. What is typed and touched lives in the visit alone; this form only shows it. */
export function SuggestionForm({
  item,
  visit: { draft, themes },
  speech,
  heading,
  kiosk,
  loadAid,
  handIn,
}: Props): JSX.Element {
  const { words, language } = speech;
  const stem = wordingIn(speech, item.stem);
  const left = fillCount(speech, words.charactersLeft, Math.max(0, item.maxLength - draft.length));
  const announced = useRested(draft === '' ? '' : left);
  const aid = useAid(loadAid);
  const field = useRef<HTMLTextAreaElement>(null);
  const place = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (aid === null || aid === 'missing' || field.current === null || place.current === null) return;
    const text = { field: field.current, language };
    const keys = place.current;
    handIn.current = () => {
      aid.guard(keys, text).then(
        (flags) => {
          if (flags !== null) kiosk.send(flags);
        },
        // A guard that fails must not keep what was written from leaving.
        () => kiosk.send(),
      );
    };
    const unmount = aid.mountKeyboard?.(keys, text);
    return () => {
      handIn.current = null;
      unmount?.();
    };
  }, [aid, language]);

  return (
    <div class="suggestion" data-item={item.itemId}>
      <h1 ref={heading} tabIndex={-1} lang={stem.lang} dir="auto">
        <label for={item.itemId}>{stem.text}</label>
      </h1>
      <p id="suggestion-help" class="hint">
        {words.suggestionHelp}
      </p>
      <ThemeChips item={item} touched={themes} speech={speech} kiosk={kiosk} />
      <textarea
        ref={field}
        id={item.itemId}
        name={item.itemId}
        aria-describedby="suggestion-help suggestion-left"
        rows={1}
        maxLength={item.maxLength}
        // The system's keyboard would offer its settings, the clipboard and the words of the visitor before.
        inputMode={aid === 'missing' || aid?.mountKeyboard === null ? 'text' : 'none'}
        autocomplete="off"
        autocapitalize="sentences"
        // Written so, it is an attribute: the property of that name is true or false, and `off` would mean true.
        autoCorrect="off"
        spellcheck={false}
        value={draft}
        onInput={(event) => kiosk.type(event.currentTarget.value)}
      />
      <p id="suggestion-left" class="hint">
        {left}
      </p>
      <p class="unseen" role="status">
        {announced}
      </p>
      <div ref={place} class="keyboard" />
    </div>
  );
}

/** As it was loaded last: the next visitor's form has it from the start, and is not drawn twice. */
let known: SuggestionAid | null = null;

/** The aid once it is there; without it the field is typed into by what the device has, and nothing is looked at. */
function useAid(load: LoadSuggestionAid): SuggestionAid | 'missing' | null {
  const [aid, setAid] = useState<SuggestionAid | 'missing' | null>(known);
  useEffect(() => {
    let isShown = true;
    const show = (loaded: SuggestionAid | 'missing') => {
      if (isShown) setAid(loaded);
    };
    load().then(
      (loaded) => show((known = loaded)),
      () => show('missing'),
    );
    return () => {
      isShown = false;
    };
  }, [load]);
  return aid;
}

/** Follows a text once it has stopped changing, so that a screen reader is not given a figure for each letter. */
function useRested(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ANNOUNCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
