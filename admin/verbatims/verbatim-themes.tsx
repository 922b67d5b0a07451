import type { Verbatim, VerbatimPage } from '../../protocol/verbatims.ts';
import { words } from '../words/words.ts';

/** What a text is about, each theme with its reason; set and taken away by hand by whoever may. */
export function VerbatimThemes(props: {
  verbatim: Verbatim;
  /** All that may be chosen; empty for whoever may not. */
  choices: VerbatimPage['themes'];
  onTheme: (themeId: string, isSet: boolean, name: string) => void;
}) {
  const { verbatim, choices, onTheme } = props;
  const text = words.themes;
  const given = verbatim.themes.map(({ themeId }) => themeId);
  const left = choices.filter(
    ({ organisationId, themeId }) => organisationId === verbatim.organisationId && !given.includes(themeId),
  );
  const mayChange = choices.length > 0;
  return (
    <div class="verbatim-themes">
      {verbatim.themes.length > 0 && (
        <ul class="themes" aria-label={text.listLabel}>
          {verbatim.themes.map(({ themeId, name, word, by }) => (
            <li key={themeId} class="theme">
              <span>{name}</span>
              <span class="soft">{word === null ? text.byPerson(by ?? '') : text.byWord(word)}</span>
              {mayChange && (
                <button
                  type="button"
                  class="theme-remove no-print"
                  aria-label={text.remove(name)}
                  onClick={() => onTheme(themeId, false, name)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {verbatim.touched.length > 0 && <p class="soft small touched">{text.touched(verbatim.touched)}</p>}
      {mayChange && left.length > 0 && (
        <select
          class="theme-add no-print"
          aria-label={text.add}
          value=""
          onChange={(event) => {
            const chosen = left.find(({ themeId }) => themeId === event.currentTarget.value);
            event.currentTarget.value = '';
            if (chosen !== undefined) onTheme(chosen.themeId, true, chosen.name);
          }}
        >
          <option value="">{text.add}</option>
          {left.map(({ themeId, name }) => (
            <option key={themeId} value={themeId}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
