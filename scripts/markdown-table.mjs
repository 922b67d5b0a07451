/**
 * The names in backticks in the first column of the tables under a second-level heading.
 * @param {string} text of a Markdown page
 * @param {string} heading without the number signs
 * @returns {Set<string>}
 */
export function firstColumnNames(text, heading) {
  const [, rest = ''] = text.split(`\n## ${heading}\n`);
  const section = rest.split(/\n## /)[0] ?? '';
  const cells = [...section.matchAll(/^\|([^|\n]*)\|/gm)].map((match) => match[1] ?? '');
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')));
}
