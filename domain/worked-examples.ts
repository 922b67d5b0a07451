import { CHART_TABLES } from './chart-examples.ts';
import { binomialChance, numbersIn, percent, satisfactionOf, sumOf, type Table } from './example-text.ts';
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
import { fisherExactTwoSided, type Satisfaction, signalBetween } from './signal.ts';
import { disclosureOf, mayShowParts, mayShowTotal } from './small-base.ts';
import { baseOf, mergeTallies, satisfiedCount, type Tally, totalOf } from './tally.ts';
import { targetVerdict } from './verdict.ts';
import { firstDayOf, lastDayOf, weekdayOf, weekOf } from './weeks.ts';

/** Every checked table of `docs/measures.md`. */
export const TABLES: Readonly<Record<string, Table>> = {
  ...CHART_TABLES,
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
  'half-days': {
    head: ['Half-days', 'All', 'In hidden ones', 'Shown'],
    workOut: ([parts = '']) => {
      const bases = numbersIn(parts);
      const hidden = bases.filter((base) => disclosureOf(base) === 'hidden');
      const shown = mayShowParts(bases);
      const told = bases.filter((_, index) => shown[index] === true).join(', ');
      return [parts, String(sumOf(bases)), String(sumOf(hidden)), told];
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

function sharesText(first: Satisfaction, second: Satisfaction): string {
  return `${percent(first.satisfied / first.base)} → ${percent(second.satisfied / second.base)} %`;
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
