/**
 * The part of a French word that its forms share, as far as a few endings tell it: « guichets » and « guichet », « chaleureuse » and
 * « chaleureux », « arrivée » and « arriver ». Light on purpose: two words that a reader would tell apart must not become one.
 *
 * @param word lower case, without accents; a word of another script is left as it is
 */
export function stemOf(word: string): string {
  if (word.length < SHORTEST || !PLAIN.test(word)) return word;
  const singular = withoutPlural(word);
  if (singular.length <= SHORTEST) return singular;
  for (const [ending, replacement, leastLeft] of ENDINGS) {
    const left = singular.slice(0, singular.length - ending.length);
    if (singular.endsWith(ending) && left.length >= leastLeft) return tidied(left + replacement);
  }
  return tidied(singular);
}

const PLAIN = /^[a-z]+$/;
/** Below this, an ending is most of the word. */
const SHORTEST = 4;

/** An ending, what stands for it, and how many letters must be left before it. The first that fits is taken. */
const ENDINGS: readonly (readonly [ending: string, replacement: string, leastLeft: number])[] = [
  ['amment', 'ant', 2],
  ['emment', 'ent', 2],
  ['ement', '', 4],
  ['trice', 'teur', 3],
  ['euse', 'eu', 2],
  ['if', 'iv', 3],
  ['dre', 'd', 3],
  ['ere', '', 3],
  ['due', 'd', 5],
  ['du', 'd', 5],
  ['ee', '', 3],
  ['ie', '', 5],
  ['ir', '', 5],
  ['er', '', 3],
  ['ez', '', 3],
  ['e', '', 3],
  ['i', '', 5],
];

function withoutPlural(word: string): string {
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.length > SHORTEST && word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  if (word.length > SHORTEST && /[eo]ux$/.test(word)) return word.slice(0, -1);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** « longue » and « long », « publique » and « public », « bonne » and « bon » end alike once the ending is off. */
function tidied(stem: string): string {
  return stem
    .replace(/qu$/, 'c')
    .replace(/gu$/, 'g')
    .replace(/([bcdfglmnprst])\1$/, '$1');
}
