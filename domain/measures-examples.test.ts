import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BEYOND_LIMIT, FEWEST_POINTS, RUN_LENGTH } from './control-chart.ts';
import type { Row } from './example-text.ts';
import { SIGNAL_LEVEL } from './signal.ts';
import { targetVerdict } from './verdict.ts';
import { TABLES } from './worked-examples.ts';

const PAGE = readFileSync(new URL('../docs/measures.md', import.meta.url), 'utf8');

describe('docs/measures.md', () => {
  test('gives in every checked table what the code computes', () => {
    expect(faultsIn(PAGE)).toEqual([]);
  });

  test('has each checked table once, and works examples in each', () => {
    const tables = checkedTablesIn(PAGE);
    expect(tables.map((table) => table.name).sort()).toEqual(Object.keys(TABLES).sort());
    for (const table of tables) expect(table.rows.length).toBeGreaterThanOrEqual(2);
  });

  test('works out the examples the field knows', () => {
    expect(PAGE).toContain('| share-satisfied | (126 + 60) ÷ 219 | 84.9 % |');
    expect(PAGE).toMatch(/\| four-level \| 126, 60, 16, 17 \| .* happy-index .* 78\.2 \|/);
    expect(PAGE).toMatch(/\| five-level \| 51, 23, 12, 2, 4 \| .* happy-index .* 81\.25 \|/);
    const counts = ['9 of 10', '27 of 30', '90 of 100', '48 of 50', '95 of 100', '188 of 200', '186 of 219'];
    for (const satisfied of counts) expect(PAGE).toContain(`\n| ${satisfied} | `);
    expect(PAGE).toContain('| 186 of 219 | 84.9 % | 79.6–89.1 % | not-reached |');
  });

  test('names every measure, in the code and on screen', () => {
    for (const name of [
      '`share-satisfied` | « Part de satisfaits »',
      '`net-satisfaction` | « Satisfaction nette »',
      '`mean-out-of-ten` | « Note moyenne sur 10 »',
      '`happy-index` | « Indice de satisfaction (0–100) »',
      '`net-promoter-score` | « NPS »',
    ])
      expect(PAGE).toContain(`| ${name} |`);
  });

  test('says nothing in prose that its checked tables, or its stated constants, do not say', () => {
    const said = new Set(
      figuresIn(
        checkedTablesIn(PAGE)
          .flatMap((table) => table.rows.flat())
          .join(' '),
      ),
    );
    // The level and its quantile, the target, scores of « Je donne mon avis », HappyOrNot's mean out of 5, sources, too fast to read.
    const constants =
      '95 % 1.959963984540054 90 % 100 % 50 % 0.01 0.05 0.00135 7.5 2.5 4.25 1927 1931 1956 1998 2002 2003 8601 1200';
    for (const constant of figuresIn(constants)) said.add(constant);
    expect(figuresIn(proseOf(PAGE)).filter((figure) => !said.has(figure))).toEqual([]);
  });

  test('draws in prose the conclusions that the code draws', () => {
    let base = 1;
    while (targetVerdict(base, base, 0.9) !== 'reached') base += 1;
    expect(PAGE).toContain(`a target of 90 % takes ${base} answers to demonstrate, all of them satisfied`);
    expect(PAGE).toContain(`| p is at most ${SIGNAL_LEVEL} |`);
    expect(PAGE).toContain(`**Why ${SIGNAL_LEVEL}.**`);
    expect(PAGE).toContain(`not more than ${BEYOND_LIMIT} of the law`);
    expect(PAGE).toContain(`a run is ${RUN_LENGTH} points or more`);
    expect(PAGE).toContain(`With fewer than ${FEWEST_POINTS} points`);
    expect(PAGE).toContain('The same 219 votes are 84.9 % satisfied and have a happy index of 78.2');
  });
});

describe('the check itself', () => {
  const digits = checkedTablesIn(PAGE).flatMap((table) =>
    table.places.flatMap(({ start, text }) =>
      [...text.matchAll(/\d/g)].map((match) => ({
        name: table.name,
        place: start + match.index,
        digit: match[0],
      })),
    ),
  );

  test('notices any single digit of any checked table being altered', () => {
    expect(digits.length).toBeGreaterThan(1_000);
    const unnoticed = digits
      .filter(({ name, place, digit }) => {
        const altered = PAGE.slice(0, place) + ((Number(digit) + 1) % 10) + PAGE.slice(place + 1);
        return faultsIn(altered, name).length === 0;
      })
      .map(({ name, place }) => `${name}: ${PAGE.slice(place - 30, place + 10)}`);
    expect(unnoticed).toEqual([]);
  });

  test('notices a verdict being turned round', () => {
    expect(faultsIn(PAGE.replace('90.1–100.0 % | reached', '90.1–100.0 % | not-reached'))).toHaveLength(1);
    expect(faultsIn(PAGE.replace('0.00297 | signal down', '0.00297 | signal up'))).toHaveLength(1);
    expect(faultsIn(PAGE.replace('| 3 | no |', '| 3 | yes |'))).toHaveLength(1);
  });
});

interface CheckedTable {
  readonly name: string;
  readonly head: Row;
  readonly rows: readonly Row[];
  /** The rows' text and where it begins in the page. */
  readonly places: readonly { readonly start: number; readonly text: string }[];
}

function checkedTablesIn(page: string): readonly CheckedTable[] {
  return [...page.matchAll(/<!-- checked: ([\w-]+) -->\n\n((?:\|.*\|\n)+)/g)].map((match) => {
    const [, name = '', table = ''] = match;
    const tableStart = match.index + match[0].length - table.length;
    const lines = [...table.matchAll(/.+/g)].map((line) => ({
      start: tableStart + line.index,
      text: line[0],
    }));
    const places = lines.slice(2);
    return {
      name,
      head: cellsOf(lines[0]?.text ?? ''),
      rows: places.map(({ text }) => cellsOf(text)),
      places,
    };
  });
}

/** One line for each row that is not what the code computes; of one table, or of all. */
function faultsIn(page: string, only?: string): readonly string[] {
  return checkedTablesIn(page)
    .filter(({ name }) => only === undefined || name === only)
    .flatMap(({ name, head, rows }) => {
      const table = TABLES[name];
      if (table === undefined) return [`${name}: no such check`];
      const wrongHead =
        head.join('|') === table.head.join('|') ? [] : [`${name}: headed ${head.join(' | ')}`];
      return [...wrongHead, ...rows.flatMap((row) => rowFaults(name, row, table.workOut))];
    });
}

function rowFaults(name: string, row: Row, workOut: (row: Row) => Row): readonly string[] {
  try {
    const right = workOut(row).join(' | ');
    return right === row.join(' | ') ? [] : [`${name}: ${row.join(' | ')} should be ${right}`];
  } catch (error) {
    return [`${name}: ${row.join(' | ')} cannot be worked out: ${String(error)}`];
  }
}

function cellsOf(line: string): Row {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

function proseOf(page: string): string {
  return checkedTablesIn(page)
    .flatMap((table) => table.places)
    .reduce((prose, { text }) => prose.replace(text, ''), page)
    .replaceAll(/\]\([^)]*\)/g, ']');
}

/** Every number and percentage, `84.9 %` being one. */
function figuresIn(text: string): readonly string[] {
  return text.match(/\d+(?:\.\d+)?(?: %)?/g) ?? [];
}
