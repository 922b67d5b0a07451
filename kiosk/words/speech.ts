import type { Language, Wording } from '../../domain/survey.ts';
import type { ScaleId } from '../../domain/scales.ts';
import { localeOf } from './languages.ts';
import type { AgreementCode, LevelCode, Plural, Words } from './words.ts';

/** How the kiosk speaks one language. */
export interface Speech {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly words: Words;
}

/** Fills the `{name}` places of a wording; numbers are written as the language writes them. */
export function fill(
  speech: Speech,
  wording: string,
  values: Readonly<Record<string, string | number>>,
): string {
  return wording.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? numberToText(speech, value) : value;
  });
}

/** Fills a wording that depends on how many there are, in the plural the language has for that number. */
export function fillCount(
  speech: Speech,
  plural: Plural,
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const category = kept(
    `plural ${speech.language}`,
    () => new Intl.PluralRules(localeOf(speech.language)),
  ).select(count);
  return fill(speech, plural[category] ?? plural.other, { ...values, count });
}

/** What a level of a scale is called; a level that has no words is written as the number it is. */
export function levelToText(speech: Speech, scaleId: ScaleId, code: string): string {
  const { levels, agreement } = speech.words;
  if (scaleId === 'four-level-agreement' && isKeyOf<AgreementCode>(agreement, code)) return agreement[code];
  return isKeyOf<LevelCode>(levels, code) ? levels[code] : numberToText(speech, Number(code));
}

function isKeyOf<Key extends string>(words: Readonly<Record<Key, string>>, code: string): code is Key {
  return Object.hasOwn(words, code);
}

/** Writes a number as the language does. */
export function numberToText(speech: Speech, value: number, options: Intl.NumberFormatOptions = {}): string {
  const format = kept(
    `number ${speech.language} ${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(localeOf(speech.language), options),
  );
  return format.format(value);
}

const formats = new Map<string, unknown>();

/** Making a format costs a millisecond or more on a tablet, so each is made once. */
function kept<Format>(name: string, make: () => Format): Format {
  const format = formats.get(name) ?? make();
  formats.set(name, format);
  return format as Format;
}

/** What the town wrote, in the speech's language where it did and in French where it did not, with the language it is in. */
export function wordingIn(
  speech: Speech,
  wording: Wording,
): { readonly text: string; readonly lang: Language } {
  const own = wording[speech.language];
  return own === undefined
    ? { text: unbroken(wording.fr), lang: 'fr' }
    : { text: unbroken(own), lang: speech.language };
}

/** « pensez-vous » stays on one line: a word joiner after the hyphen of a word, which nobody sees or hears. */
function unbroken(text: string): string {
  return text.replace(/(\p{L})-(?=\p{L})/gu, '$1-\u2060');
}
