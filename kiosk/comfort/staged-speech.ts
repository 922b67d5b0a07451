import type { Language } from '../../domain/survey.ts';

/** The speech of a device, for tests: voices of the test's choice, and what was said. Nothing is heard. */
export interface StagedSpeech extends SpeechSynthesis {
  /** What is being said now, or has been said to the end. */
  readonly said: readonly string[];
  readonly utterances: readonly SpeechSynthesisUtterance[];
  readonly cancelCount: number;
}

/** Stages a device that has voices of its own for some languages, and voices over the network for others. */
export function stageSpeech(own: readonly Language[], remote: readonly Language[] = []): StagedSpeech {
  const voices = [
    ...own.map((language) => ({ lang: `${language}-XX`, name: language, localService: true })),
    ...remote.map((language) => ({ lang: `${language}-XX`, name: language, localService: false })),
  ].map((voice) => ({ ...voice, default: false, voiceURI: voice.name }));
  let utterances: SpeechSynthesisUtterance[] = [];
  let cancelCount = 0;
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak: (utterance: SpeechSynthesisUtterance) => void utterances.push(utterance),
    cancel() {
      cancelCount += 1;
      utterances = [];
    },
    pause: () => undefined,
    resume: () => undefined,
    onvoiceschanged: null,
    paused: false,
    pending: false,
    speaking: false,
  });
  return Object.defineProperties(speech, {
    said: { get: () => utterances.map(({ text }) => text) },
    utterances: { get: () => utterances },
    cancelCount: { get: () => cancelCount },
  }) as unknown as StagedSpeech;
}

/** An utterance as a browser makes it. */
export class StagedUtterance {
  voice: SpeechSynthesisVoice | null = null;
  lang = '';
  rate = 1;
  volume = 1;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
