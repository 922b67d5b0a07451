import { pick, seededRandom } from '../../demo/random.ts';

/** What spreadsheets, browsers and file formats are known to stumble over. */
const PIECES = [
  '=1+1',
  '=HYPERLINK("http://x.example";"ici")',
  "=cmd|' /C calc'!A0",
  '@SUM(A1:A9)',
  '+33 5 57 55 33 33',
  '-2+3',
  '＝1+1',
  '＋33',
  '\u200B=1',
  '\t=1',
  '\r=1',
  '\n=1',
  '\r\n',
  '"',
  '""',
  ';',
  ',',
  "'",
  '  ',
  '\t',
  '\u0000',
  '\u0001',
  '\u000B',
  '\u001F',
  '\u007F',
  '\u0085',
  '\uFFFE',
  '_x0041_',
  '<b>&amp;</b>',
  ']]>',
  '<!--',
  '&#13;',
  'مرحبا',
  '\u202Eabc',
  'עברית',
  '😀',
  '👨‍👩‍👧',
  '𝒳',
  'é',
  'é',
  'œ € « À » l’été',
  '1,5',
  '1.5',
  '01/02/2026',
  '2026-11-26',
  '1E5',
  '00033',
  'TRUE',
  'VRAI',
  '#N/A',
  '#REF!',
  'https://example.fr/?a=1&b=2',
  'DDE("cmd";"/C calc";"x")',
  'mot',
] as const;

/** So many texts, each different, always the same: every piece alone, then made up of up to four. */
export function hostileTexts(count: number): readonly string[] {
  const random = seededRandom(count);
  const texts = new Set<string>(PIECES.slice(0, count));
  while (texts.size < count) {
    const pieces = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(PIECES, random));
    texts.add(pieces.join(random() < 0.5 ? '' : ' ') + (random() < 0.3 ? String(texts.size) : ''));
  }
  return [...texts];
}
