const LETTERS: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', '’': "'" };

/**
 * Text as `verbatims.folded_text` holds it, and as a search must be folded to find it: lower case, without accents, with the letters and
 * the apostrophe of a plain keyboard.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[œæß’]/g, (letter) => LETTERS[letter] ?? letter);
}
