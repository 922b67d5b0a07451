import './declaration.css';
import { LANGUAGES } from '../../domain/survey.ts';
import { HOME_LANGUAGE } from '../../domain/visit.ts';
import { DECLARATION_WORDS } from '../words/declaration-words.ts';
import { showPanel } from './panel.ts';

/** Shows the accessibility declaration over the first screen, in the language it is in, until it is touched. */
export function showDeclaration(page: Document): void {
  const { lang } = page.documentElement;
  const words = DECLARATION_WORDS[LANGUAGES.find((language) => language === lang) ?? HOME_LANGUAGE];
  const address = `${page.location.host}/admin/accessibilite`;
  const dialog = page.createElement('dialog');
  dialog.className = 'panel declaration';
  dialog.setAttribute('aria-labelledby', 'declaration-title');
  const add = (tag: 'h1' | 'p' | 'button', text: string): HTMLElement => {
    const added = dialog.appendChild(page.createElement(tag));
    added.textContent = text;
    return added;
  };
  add('h1', words.title).id = 'declaration-title';
  for (const paragraph of words.paragraphs) add('p', paragraph.replace('{address}', address));
  const close = add('button', words.close);
  close.className = 'button';
  close.setAttribute('type', 'button');
  showPanel(page, dialog, close);
}
