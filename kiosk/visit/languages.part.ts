import './languages.css';
import { LANGUAGES, type Language } from '../../domain/survey.ts';
import { HOME_LANGUAGE } from '../../domain/visit.ts';
import { OWN_NAMES, directionOf } from '../words/languages.ts';
import type { Speeches } from '../words/speeches.ts';
import { showPanel } from './panel.ts';

/** Shows the languages, each by its own name, in its own script and direction. A touch beside them changes nothing. */
export function showLanguages(
  page: Document,
  { speak }: Pick<Speeches, 'speak'>,
  choose: (language: Language) => void,
): void {
  const { lang } = page.documentElement;
  const spoken = LANGUAGES.find((language) => language === lang) ?? HOME_LANGUAGE;
  const { words } = speak(spoken);
  const add = <Tag extends 'div' | 'button'>(to: Element, tag: Tag, className: string) => {
    const added = to.appendChild(page.createElement(tag));
    added.className = className;
    return added;
  };
  const dialog = page.createElement('dialog');
  dialog.className = 'panel language-panel';
  dialog.setAttribute('aria-label', words.languages);
  const list = add(dialog, 'div', 'language-list');
  const buttons = LANGUAGES.map((language) => {
    const button = add(list, 'button', 'button');
    button.type = 'button';
    button.lang = language;
    button.dir = directionOf(language);
    button.textContent = OWN_NAMES[language];
    button.setAttribute('aria-pressed', `${language === spoken}`);
    button.addEventListener('click', () => choose(language));
    return button;
  });
  const close = add(dialog, 'button', 'button at-end');
  close.type = 'button';
  close.textContent = words.close;
  showPanel(page, dialog, buttons[LANGUAGES.indexOf(spoken)] ?? close);
}
