import type { Language } from '../../domain/survey.ts';

/** What speaks on this device; absent where the browser cannot, whatever the types say. */
export function deviceSpeech(): SpeechSynthesis | undefined {
  return (globalThis as { speechSynthesis?: SpeechSynthesis }).speechSynthesis;
}

/** The voice the device itself has for a language; one that needs the network would fall silent without it. */
export function localVoiceFor(language: Language): SpeechSynthesisVoice | undefined {
  return deviceSpeech()
    ?.getVoices()
    .find(({ localService, lang }) => localService && lang.startsWith(language.slice(0, 2)));
}
