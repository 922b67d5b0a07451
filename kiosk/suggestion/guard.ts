import { type PersonalDataFinding, findPersonalData, personalDataFlag } from '../../domain/personal-data.ts';
import type { Language } from '../../domain/survey.ts';
import { AID_WORDS, type AidWords } from './aid-words.ts';

/** The words that are about to be handed in, and where they stand. */
export interface GuardedText {
  readonly field: HTMLTextAreaElement;
  readonly language: Language;
}

/**
 * Looks at what is about to be handed in. What looks personal is shown and asked to be changed; it is the visitor who decides.
 *
 * @param place an element of the guard's own, where it shows its dialog
 * @returns the flags to send the text with; null when the visitor goes back to it
 */
export async function guard(place: HTMLElement, text: GuardedText): Promise<readonly string[] | null> {
  const { field } = text;
  const findings = findPersonalData(field.value);
  const [first] = findings;
  if (first === undefined) return [];
  if (await isSentAnyway(place, text, findings))
    return [...new Set(findings.map(({ kind }) => personalDataFlag(kind)))];
  // What was marked is selected: one touch on « Effacer » takes it out.
  field.focus();
  field.setSelectionRange(first.start, first.end);
  return null;
}

function isSentAnyway(
  place: HTMLElement,
  { field, language }: GuardedText,
  findings: readonly PersonalDataFinding[],
): Promise<boolean> {
  const words = AID_WORDS[language];
  const dialog = element('dialog', 'guard');
  const title = element('h1', '', words.guardTitle);
  const help = element('p', '', words.guardHelp);
  const send = element('button', 'button', words.sendAnyway);
  const change = element('button', 'button button-main at-end', words.change);
  const choices = element('div', 'row');
  title.id = 'guard-title';
  help.id = 'guard-help';
  for (const button of [send, change]) button.type = 'button';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.setAttribute('aria-describedby', help.id);
  choices.append(send, change);
  dialog.append(title, help, markedText(field.value, findings), kindsFound(words, findings), choices);
  place.append(dialog);
  dialog.showModal();
  change.focus();
  return new Promise((resolve) => {
    const end = (isSent: boolean) => {
      dialog.close();
      dialog.remove();
      resolve(isSent);
    };
    change.addEventListener('click', () => end(false));
    send.addEventListener('click', () => end(true));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      end(false);
    });
  });
}

function markedText(text: string, findings: readonly PersonalDataFinding[]): HTMLElement {
  const quote = element('blockquote', 'guard-text');
  quote.dir = 'auto';
  let from = 0;
  for (const { start, end } of findings) {
    quote.append(text.slice(from, start), element('mark', '', text.slice(start, end)));
    from = end;
  }
  quote.append(text.slice(from));
  return quote;
}

function kindsFound(words: AidWords, findings: readonly PersonalDataFinding[]): HTMLElement {
  const kinds = [...new Set(findings.map(({ kind }) => words.kinds[kind]))];
  return element('p', 'guard-kinds', `${words.guardFound} ${kinds.join(words.listSeparator)}.`);
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
