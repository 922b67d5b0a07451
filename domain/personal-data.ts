import { type Passage, passagesOf } from './passages.ts';
import { findNames } from './personal-names.ts';

/** What kind of personal data a passage looks like. */
export const PERSONAL_DATA_KINDS = [
  'telephone',
  'email',
  'social-security',
  'iban',
  'plate',
  'name',
] as const;
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number];

export interface PersonalDataFinding extends Passage {
  readonly kind: PersonalDataKind;
}

const FLAG_PREFIX = 'personal-data-';

/** The quality flag of a response whose text still looks like holding such data. */
export function personalDataFlag(kind: PersonalDataKind): string {
  return `${FLAG_PREFIX}${kind}`;
}

/** What a response's text was left with, by its flags. */
export function personalDataKindsIn(flags: readonly string[]): readonly PersonalDataKind[] {
  return PERSONAL_DATA_KINDS.filter((kind) => flags.includes(personalDataFlag(kind)));
}

/**
 * Finds what in a text looks like personal data, in the order of the text, no passage in two findings. A text that only looks a little
 * like it is left alone: whoever is asked about an opening hour stops reading the questions.
 */
export function findPersonalData(text: string): readonly PersonalDataFinding[] {
  const plain = asPlain(text);
  const found: PersonalDataFinding[] = [];
  for (const [kind, find] of DETECTORS)
    for (const passage of find(plain))
      if (!found.some((other) => passage.start < other.end && other.start < passage.end))
        found.push({ kind, ...passage });
  return found.toSorted((a, b) => a.start - b.start);
}

/** The same text, unit for unit, with one kind of space, of hyphen, of apostrophe and of digit. */
function asPlain(text: string): string {
  return text
    .replace(/[\s\u00a0\u202f]/g, ' ')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16));
}

/** From the surest to the least sure: a passage belongs to the first that knows it. */
const DETECTORS: readonly (readonly [PersonalDataKind, (plain: string) => readonly Passage[]])[] = [
  ['iban', findIbans],
  ['social-security', findSocialSecurityNumbers],
  ['email', (plain) => [...passagesOf(plain, EMAIL), ...passagesOf(plain, SPELT_EMAIL)]],
  ['telephone', (plain) => [...passagesOf(plain, ABROAD), ...passagesOf(plain, FRENCH_TELEPHONE)]],
  ['plate', findPlates],
  ['name', findNames],
];

const EMAIL =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu;
/** « jean (arobase) orange point fr » */
const SPELT_EMAIL =
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}._-]+ ?(?:[([] ?(?:at|arobase) ?[)\]]|(?<!\p{L})arobase(?!\p{L})) ?[\p{L}\p{N}-]+ ?(?:\.| point | dot ) ?\p{L}{2,}/giu;

/** Ten digits from 0 on, by two; the same sign between all the pairs, or none: a date before an hour is not a telephone. */
const FRENCH_TELEPHONE = /(?<![\p{L}\p{N}+])0[1-9]([ .\-/]?)\d{2}(?:\1\d{2}){3}(?![\p{L}\p{N}])/gu;
/** With the code of a country; a nought in brackets is written and not dialled. */
const ABROAD =
  /(?<![\p{L}\p{N}])(?:\+|00)[1-9]\d{0,2}(?: ?\(0\))?(?:[ .\-/]?\(?\d\)?){7,12}(?![\p{L}\p{N}])/gu;

const SOCIAL_SECURITY =
  /(?<![\p{L}\p{N}])[1-478][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{2}(?![\p{L}\p{N}])/giu;

function findSocialSecurityNumbers(plain: string): readonly Passage[] {
  return passagesOf(plain, SOCIAL_SECURITY, (written) => {
    // Corsica's two departments count as 19 and 18.
    const digits = written.toUpperCase().replace(/[ .-]/g, '').replace('2A', '19').replace('2B', '18');
    return Number(digits.slice(13)) === 97 - (Number(digits.slice(0, 13)) % 97);
  });
}

const IBAN_START = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])/giu;
/** How long an IBAN is, by country: without it one would not know where it ends. */
const IBAN_LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CY28 CZ24 DE22 DK18 EE20 EG29 ES24 FI18 FR27 GB22 GE22 GI23 GR27 ' +
    'HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MA28 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 ' +
    'PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VA22 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function findIbans(plain: string): readonly Passage[] {
  return passagesOf(plain, IBAN_START).flatMap(({ start }) => {
    const length = IBAN_LENGTHS.get(plain.slice(start, start + 2).toUpperCase());
    if (length === undefined) return [];
    const written = new RegExp(`^[A-Z0-9](?:[ -]?[A-Z0-9]){${length - 1}}(?![\\p{L}\\p{N}])`, 'iu').exec(
      plain.slice(start),
    )?.[0];
    return written !== undefined && isIban(written) ? [{ start, end: start + written.length }] : [];
  });
}

/** ISO 13616: the first four behind the rest, letters as numbers from 10 on, and the whole leaves 1 on division by 97. */
function isIban(written: string): boolean {
  const signs = written.replace(/[ -]/g, '').toUpperCase();
  let remainder = 0;
  for (const sign of signs.slice(4) + signs.slice(0, 4))
    for (const digit of String(Number.parseInt(sign, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

/** Since 2009; the letters I, O and U are not used. Apart, they must be capitals: « de 100 ne » is no plate. */
const PLATE = /(?<![\p{L}\p{N}])[A-HJ-NP-TV-Z]{2}([ -]?)\d{3}\1[A-HJ-NP-TV-Z]{2}(?![\p{L}\p{N}])/giu;
/** Until 2009, with the number of the department at its end. */
const OLD_PLATE =
  /(?<![\p{L}\p{N}])\d{2,4}([ -]?)[A-HJ-NP-TV-Z]{2,3}\1(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97\d)(?![\p{L}\p{N}])/giu;
/** What a text in capitals has between spaces and numbers. */
const SHORT_WORDS = new Set(
  'CE DE EN ES ET LA LE MA ME NE SA SE TA TE CM DM HA KG KM ML MM DES LES MES SES JAN FEV MAR AVR SEP DEC'.split(
    ' ',
  ),
);

function findPlates(plain: string): readonly Passage[] {
  const isPlate = (written: string): boolean => {
    const words = written.match(/\p{L}{2,}/gu) ?? [];
    if (words.some((word) => SHORT_WORDS.has(word.toUpperCase())) && !/-/.test(written)) return false;
    return !/ /.test(written) || written === written.toUpperCase();
  };
  return [...passagesOf(plain, PLATE, isPlate), ...passagesOf(plain, OLD_PLATE, isPlate)];
}
