import type { JSX } from 'preact';
import type { VerbatimItem } from '../../domain/survey.ts';
import type { Kiosk } from '../kiosk.ts';
import { type Speech, wordingIn } from '../words/speech.ts';

interface Props {
  readonly item: VerbatimItem;
  /** The codes touched so far. */
  readonly touched: readonly string[];
  readonly speech: Speech;
  readonly kiosk: Kiosk;
}

/** What a suggestion may be about, for whoever would rather touch than type. */
export function ThemeChips({ item, touched, speech, kiosk }: Props): JSX.Element | null {
  if (item.themes === undefined) return null;
  return (
    <div class="themes" role="group" aria-labelledby="themes-help">
      <p id="themes-help" class="hint">
        {speech.words.themes}
      </p>
      {item.themes.map(({ code, label }) => {
        const shown = wordingIn(speech, label);
        return (
          <button
            key={code}
            type="button"
            class="button"
            lang={shown.lang}
            dir="auto"
            value={code}
            aria-pressed={touched.includes(code)}
            onClick={() => kiosk.touchTheme(code)}
          >
            {shown.text}
          </button>
        );
      })}
    </div>
  );
}
