import type { JSX } from 'preact';
import type { Speech } from '../words/speech.ts';

/** One button that opens the choice of languages; said in the language spoken, and in one that more people read. */
export function LanguageBar({ speech: { language, words } }: { readonly speech: Speech }): JSX.Element {
  const isFrench = language.startsWith('fr');
  return (
    <div class="language-bar">
      <button type="button" class="button" aria-haspopup="dialog" data-opens="languages">
        <GlobeMark />
        <span>{words.languages}</span>{' '}
        <span lang={isFrench ? 'en' : 'fr'} dir="ltr">
          {isFrench ? 'Languages' : 'Langues'}
        </span>
      </button>
    </div>
  );
}

/** No flag: a flag would be a country. */
function GlobeMark(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20zq-8 10 0 20q8-10 0-20M3 9h18M3 15h18" />
    </svg>
  );
}
