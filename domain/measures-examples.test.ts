import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { wilsonInterval } from './interval.ts';
import { localMoment } from './local-time.ts';
import { type MeasureId, measure } from './measures.ts';
import {
  firstDay,
  lastDay,
  type Period,
  parsePeriod,
  periodBefore,
  periodToText,
  samePeriodLastYear,
} from './periods.ts';
import { NOT_APPLICABLE, SCALE_IDS, type ScaleId, scaleOf } from './scales.ts';
import { fisherExactTwoSided, SIGNAL_LEVEL, type Satisfaction, signalBetween } from './signal.ts';
import { disclosureOf, mayShowTotal } from './small-base.ts';
import { baseOf, mergeTallies, satisfiedCount, type Tally, totalOf } from './tally.ts';
import { targetVerdict } from './verdict.ts';
import { firstDayOf, lastDayOf, weekdayOf, weekOf } from './weeks.ts';

const PAGE = readFileSync(new URL('../docs/measures.md', import.meta.url), 'utf8');

/** A row of a checked table: its cells as written. */
type Row = readonly string[];

/** What each checked table must be headed, and how a row's cells are worked out again from the cells they rest on. */
const TABLES: Readonly<Record<string, { readonly head: Row; readonly workOut: (row: Row) => Row }>> = {
  scales: {
    head: ['Scale', 'Points and their scores, best first', 'Satisfied'],
    workOut: ([scaleId = '', points = '']) => {
      const scale = scaleOf(scaleIdOf(scaleId));
      const written = points.split(', ').map((point) => point.split(' ')[1] ?? '');
      const scores = scale.points.map(
        ({ code, score }, index) => `${code} ${asWritten(score, written[index])}`,
      );
      return [
        scaleId,
        scores.join(', '),
        `first ${scale.points.filter((point) => point.isSatisfied).length}`,
      ];
    },
  },
  measures: {
    head: ['Scale', 'Counts, best first', 'Non concerné', 'All', 'Base', 'Measure', 'Worked out as', 'Value'],
    workOut: ([scaleId = '', counts = '', notApplicable = '', , , measureId = '', sum = '', value = '']) => {
      const scale = scaleOf(scaleIdOf(scaleId));
      const given = numbersIn(counts);
      if (given.length !== scale.points.length) throw new Error(`${counts}: not one count for each point.`);
      const expressed = Object.fromEntries(scale.points.map(({ code }, index) => [code, given[index] ?? 0]));
      const tally = { ...expressed, [NOT_APPLICABLE]: Number(notApplicable) };
      const result = measure(measureId as MeasureId, scale, tally);
      return [
        scaleId,
        counts,
        notApplicable,
        String(totalOf(tally)),
        String(baseOf(scale, tally)),
        measureId,
        asWritten(result ?? Number.NaN, sum),
        measureText(measureId as MeasureId, result ?? Number.NaN, value),
      ];
    },
  },
  verdicts: {
    head: ['Satisfied', 'Shown', 'Interval', 'Against 90 %'],
    workOut: ([satisfied = '']) => {
      const [successes = 0, base = 0] = numbersIn(satisfied);
      const interval = wilsonInterval(successes, base);
      const ends = `${percent(interval?.low ?? Number.NaN)}–${percent(interval?.high ?? Number.NaN)} %`;
      return [
        `${successes} of ${base}`,
        `${percent(successes / base)} %`,
        ends,
        String(targetVerdict(successes, base, 0.9)),
      ];
    },
  },
  'set-aside': {
    head: ['Counted', 'Set aside', 'Shown', 'With them'],
    workOut: ([counted = '', aside = '']) => {
      const [[satisfied = 0, base = 0], [flaggedSatisfied = 0, flagged = 0]] = [
        numbersIn(counted),
        numbersIn(aside),
      ];
      return [
        `${satisfied} of ${base}`,
        `${flaggedSatisfied} of ${flagged}`,
        `${percent(satisfied / base)} %`,
        `${percent((satisfied + flaggedSatisfied) / (base + flagged))} %`,
      ];
    },
  },
  signals: {
    head: ['This period', 'Before', 'Shares', 'p', 'Told as'],
    workOut: ([recently = '', earlier = '']) => {
      const [recent, before] = [satisfactionOf(recently), satisfactionOf(earlier)];
      const signal = signalBetween(recent, before);
      if (signal.kind === 'not-enough') throw new Error(`${recently} against ${earlier} is not enough.`);
      const told = signal.kind === 'signal' ? `signal ${signal.direction}` : signal.kind;
      return [recently, earlier, sharesText(recent, before), signal.p.toPrecision(3), told];
    },
  },
  'false-signals': {
    head: ['Answers this period', 'Answers before', 'True share', 'Chance of a false signal'],
    workOut: ([recent = '', before = '', share = '']) => {
      const [trueShare = Number.NaN] = numbersIn(share);
      const chance = falseSignalChance(Number(recent), Number(before), trueShare / 100);
      return [recent, before, share, `${(100 * chance).toFixed(3)} %`];
    },
  },
  'smallest-p': {
    head: ['n', 'm', 'Worked out as', 'Smallest p', 'A signal is'],
    workOut: ([n = '', m = '', sum = '']) => {
      const p = fisherExactTwoSided(Number(n), 0, 0, Number(m));
      const extreme = signalBetween(
        { satisfied: Number(n), base: Number(n) },
        { satisfied: 0, base: Number(m) },
      );
      return [
        n,
        m,
        asWritten(p, sum),
        p.toPrecision(3),
        extreme.kind === 'signal' ? 'possible' : extreme.kind,
      ];
    },
  },
  disclosures: {
    head: ['Base, from', 'to', 'In the code', 'What is shown'],
    workOut: ([from = '', , , shown = '']) => {
      const disclosure = disclosureOf(Number(from));
      const bases = Array.from({ length: 1_000 }, (_, base) => base).filter(
        (base) => disclosureOf(base) === disclosure,
      );
      const last = bases.at(-1) === 999 ? 'and more' : String(bases.at(-1));
      return [String(bases[0]), last, disclosure, shown];
    },
  },
  totals: {
    head: ['Parts', 'Total', 'In hidden parts', 'May the total be shown?'],
    workOut: ([parts = '']) => {
      const bases = numbersIn(parts);
      const hidden = bases.filter((base) => disclosureOf(base) === 'hidden');
      return [parts, String(sumOf(bases)), String(sumOf(hidden)), mayShowTotal(bases) ? 'yes' : 'no'];
    },
  },
  weeks: {
    head: ['Day', 'Weekday', 'Week', 'Monday', 'Sunday'],
    workOut: ([day = '']) => {
      const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
      const week = weekOf(day);
      return [day, names[weekdayOf(day) - 1] ?? '', week, firstDayOf(week), lastDayOf(week)];
    },
  },
  moments: {
    head: ['Instant, UTC', 'Time zone', 'On the wall', 'Half-day'],
    workOut: ([instant = '', zone = '']) => {
      const { date, minuteOfDay, halfDay } = localMoment(Date.parse(instant), zone);
      const wall = new Date(minuteOfDay * 60_000).toISOString().slice(11, 16);
      return [instant, zone, `${date} ${wall}`, halfDay];
    },
  },
  periods: {
    head: ['Period', 'First day', 'Last day', 'Before it', 'One year before'],
    workOut: ([text = '']) => {
      const period = periodOf(text);
      return [
        text,
        firstDay(period),
        lastDay(period),
        periodToText(periodBefore(period)),
        periodToText(samePeriodLastYear(period)),
      ];
    },
  },
  revisions: {
    head: ['Published', 'Late', 'Revised', 'Share before and after'],
    workOut: ([published = '', late = '']) => {
      const scale = scaleOf('yes-no');
      const revised = mergeTallies(yesNoTally(published), yesNoTally(late));
      const after = { satisfied: satisfiedCount(scale, revised), base: baseOf(scale, revised) };
      return [
        published,
        late,
        `${after.satisfied} of ${after.base}`,
        sharesText(satisfactionOf(published), after),
      ];
    },
  },
};

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
    const constants = '95 % 1.959963984540054 90 % 100 % 50 % 0.01 7.5 2.5 4.25 1927 2003 8601 1200';
    for (const constant of figuresIn(constants)) said.add(constant);
    expect(figuresIn(proseOf(PAGE)).filter((figure) => !said.has(figure))).toEqual([]);
  });

  test('draws in prose the conclusions that the code draws', () => {
    let base = 1;
    while (targetVerdict(base, base, 0.9) !== 'reached') base += 1;
    expect(PAGE).toContain(`a target of 90 % takes ${base} answers to demonstrate, all of them satisfied`);
    expect(PAGE).toContain(`| p is at most ${SIGNAL_LEVEL} |`);
    expect(PAGE).toContain(`**Why ${SIGNAL_LEVEL}.**`);
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

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function numbersIn(text: string): readonly number[] {
  return (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
}

/** The sum as written when it comes to this value; otherwise the value, so that the difference shows. */
function asWritten(value: number, sum = ''): string {
  return Math.abs(valueOf(sum) - value) < 1e-9 ? sum : String(value);
}

/** Works out a sum of whole or decimal numbers with + − × ÷ / and parentheses. */
function valueOf(sum: string): number {
  const tokens = sum.match(/[\d.]+|[+−×÷/()]/g) ?? [];
  const atom = (): number => {
    const token = tokens.shift();
    if (token !== '(') return Number(token);
    const inner = terms();
    if (tokens.shift() !== ')') throw new Error(`A parenthesis is open in ${sum}.`);
    return inner;
  };
  const factors = (): number => {
    let value = atom();
    while (tokens[0] === '×' || tokens[0] === '÷' || tokens[0] === '/')
      value = tokens.shift() === '×' ? value * atom() : value / atom();
    return value;
  };
  const terms = (): number => {
    let value = factors();
    while (tokens[0] === '+' || tokens[0] === '−')
      value = tokens.shift() === '+' ? value + factors() : value - factors();
    return value;
  };
  const value = terms();
  if (tokens.length > 0) throw new Error(`${sum} goes on after its end.`);
  return value;
}

/** A measure in its unit, with as many decimals as the page writes. */
function measureText(measureId: MeasureId, value: number, written: string): string {
  const decimals = /\.(\d+)/.exec(written)?.[1]?.length ?? 0;
  const signed = (number: number) => `${number < 0 ? '−' : '+'}${Math.abs(number).toFixed(decimals)}`;
  switch (measureId) {
    case 'share-satisfied':
      return `${(100 * value).toFixed(decimals)} %`;
    case 'net-satisfaction':
      return `${signed(100 * value)} points`;
    case 'net-promoter-score':
      return signed(value);
    case 'mean-out-of-ten':
    case 'happy-index':
      return value.toFixed(decimals);
  }
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function sharesText(first: Satisfaction, second: Satisfaction): string {
  return `${percent(first.satisfied / first.base)} → ${percent(second.satisfied / second.base)} %`;
}

function satisfactionOf(text: string): Satisfaction {
  const [satisfied = Number.NaN, base = Number.NaN] = numbersIn(text);
  return { satisfied, base };
}

function yesNoTally(text: string): Tally {
  const { satisfied, base } = satisfactionOf(text);
  return { yes: satisfied, no: base - satisfied };
}

function scaleIdOf(text: string): ScaleId {
  const scaleId = SCALE_IDS.find((id) => id === text);
  if (scaleId === undefined) throw new Error(`${text} is not a scale.`);
  return scaleId;
}

function periodOf(text: string): Period {
  const period = parsePeriod(text);
  if (!period.ok) throw new Error(`${text} is not a period.`);
  return period.value;
}

/** The chance that two periods of one unchanging service are told apart, over every possible outcome. */
function falseSignalChance(recent: number, before: number, share: number): number {
  let chance = 0;
  for (let a = 0; a <= recent; a += 1)
    for (let c = 0; c <= before; c += 1)
      if (signalBetween({ satisfied: a, base: recent }, { satisfied: c, base: before }).kind === 'signal')
        chance += binomialChance(a, recent, share) * binomialChance(c, before, share);
  return chance;
}

function binomialChance(k: number, n: number, share: number): number {
  let chance = (1 - share) ** n;
  for (let i = 1; i <= k; i += 1) chance *= ((n - i + 1) / i) * (share / (1 - share));
  return chance;
}
