import { useEffect, useState } from 'preact/hooks';
import type { Language } from '../../domain/survey.ts';
import { deviceSpeech, localVoiceFor } from './local-voice.ts';

/** Whether the device can speak a language by itself. It tells its voices some time after the start. */
export function useLocalVoice(language: Language): boolean {
  const [, setChanges] = useState(0);
  useEffect(() => {
    const speech = deviceSpeech();
    const onChange = () => setChanges((count) => count + 1);
    speech?.addEventListener('voiceschanged', onChange);
    return () => speech?.removeEventListener('voiceschanged', onChange);
  }, []);
  return localVoiceFor(language) !== undefined;
}
