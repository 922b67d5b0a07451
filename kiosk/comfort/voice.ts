import { localVoiceFor } from './local-voice.ts';
import type { Phrase } from './spoken-page.ts';

/** How loud each visitor finds the voice, of the 1 that the tablet's own volume gives; the installation sheet tells how to set that. */
export const FIRST_VOLUME = 0.7;
const STEP = 0.15;
const SOFTEST = 0.25;
/** A little slower than the voice would by itself: it is heard in a hall. */
const RATE = 0.95;

export interface Voice {
  /** Falls silent, and says this. What the device has no voice of its own for is left out. */
  say(phrases: readonly Phrase[]): void;
  hush(): void;
  change(direction: 'louder' | 'softer'): void;
}

/** The device's own voice, at the volume of the visitor who listens. */
export function createVoice(synthesis: SpeechSynthesis): Voice {
  let volume = FIRST_VOLUME;
  return {
    say(phrases) {
      synthesis.cancel();
      for (const { text, language } of phrases) {
        const voice = localVoiceFor(language);
        if (voice === undefined) continue;
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = RATE;
        utterance.volume = volume;
        synthesis.speak(utterance);
      }
    },
    hush: () => synthesis.cancel(),
    change(direction) {
      volume = Math.min(1, Math.max(SOFTEST, volume + (direction === 'louder' ? STEP : -STEP)));
    },
  };
}
