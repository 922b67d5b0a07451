import type { JSX } from 'preact';
import { COMFORT_MODES, type Comfort, type ComfortMode } from '../../domain/comfort.ts';
import type { Speech } from '../words/speech.ts';
import { useLocalVoice } from './use-local-voice.ts';

interface Props {
  readonly speech: Speech;
  readonly comfort: Comfort;
  readonly onSwitch: (mode: ComfortMode) => void;
}

/** What makes the tablet fit its visitor, at the same place on every screen. Without a voice to listen to, a word says so. */
export function ComfortBar({ speech: { language, words }, comfort, onSwitch }: Props): JSX.Element {
  const hasVoice = useLocalVoice(language);
  return (
    <div class="comfort-bar" role="group" aria-label={words.comfort}>
      {COMFORT_MODES.map((mode) =>
        mode === 'spoken' && !hasVoice ? (
          <p key={mode}>{words.noVoice}</p>
        ) : (
          <button
            key={mode}
            type="button"
            class="button"
            data-mode={mode}
            aria-pressed={comfort.includes(mode)}
            onClick={() => onSwitch(mode)}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d={MARKS[mode]} />
            </svg>
            {words.comforts[mode]}
          </button>
        ),
      )}
    </div>
  );
}

const MARKS: Readonly<Record<ComfortMode, string>> = {
  large: 'M2 20 6 10l4 10M3.4 17h5.2M11 20l5.5-16L22 20m-9-5h7',
  contrast: 'M12 3a9 9 0 1 0 .1 0zv18m3-17v16m3-14v12',
  low: 'M12 3v12m-5-5 5 5 5-5M4 20h16',
  spoken: 'M4 9v6h4l5 4V5L8 9zm12.5-.5a5 5 0 0 1 0 7M19 5.5a9 9 0 0 1 0 13',
};
