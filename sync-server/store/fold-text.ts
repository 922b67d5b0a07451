/** Text as `verbatims.folded_text` holds it, and as a search must be folded to find it: lower case, without accents. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
