/**
 * One line that a test has left in the file of figures: see `e2e/note-figures.ts`.
 * @typedef {{ test: string, figures: Record<string, number>, name?: string, file?: string, passed?: boolean, isNightly?: boolean }} Line
 * @typedef {{ promise: string, says: string, figure: string, target: string, met: boolean, control: string | null }} Row
 */
import { isFaultTest } from './fault-tests.mjs';

const NOT_SHOWN = 'not shown';

/** The lines of some tests, and what is asked of them. */
class Shown {
  /** @param {readonly Line[]} lines */
  constructor(lines) {
    this.lines = lines;
  }

  /** @param {...string} tests */
  of(...tests) {
    return new Shown(this.lines.filter(({ test }) => tests.includes(test)));
  }

  /** Those that measured a figure of this name. @param {string} name */
  measuring(name) {
    return new Shown(this.lines.filter(({ figures }) => name in figures));
  }

  /** @param {string} name */
  has(name) {
    return this.measuring(name).lines.length > 0;
  }

  /** @param {string} name */
  sum(name) {
    return this.lines.reduce((sum, { figures }) => sum + (figures[name] ?? 0), 0);
  }

  /** @param {string} name */
  worst(name) {
    return Math.max(...this.measuring(name).lines.map(({ figures }) => figures[name] ?? Number.NaN));
  }

  get passed() {
    return this.lines.filter(({ passed }) => passed !== false).length;
  }

  get isSound() {
    return this.lines.length > 0 && this.passed === this.lines.length;
  }
}

const number = (/** @type {number} */ value) => value.toLocaleString('en-GB', { maximumFractionDigits: 10 });

/**
 * What is promised, in the words of the README, by which figures it is shown, and from when on it is kept.
 * @type {readonly {
 *   promise: string, says: string, target: string, tests: readonly string[], needs: readonly string[],
 *   figure: (of: Shown) => string, isMet: (of: Shown) => boolean, control?: (of: Shown) => string | null,
 * }[]}
 */
const PROMISES = [
  {
    promise: 'P1',
    says: 'A response for which the visitor saw that it was taken survives a crash of the browser',
    target: '0 of ≥ 7,500 lost over ≥ 200 kills',
    tests: ['T1'],
    needs: ['kills'],
    figure: (of) =>
      `${of.sum('lost')} of ${number(of.sum('acknowledged'))} lost over ${of.sum('kills')} kills`,
    isMet: (of) => of.sum('lost') === 0 && of.sum('acknowledged') >= 7_500 && of.sum('kills') >= 200,
  },
  {
    promise: 'P2',
    says: '… and a power cut of a Chromium tablet, on both of its IndexedDB engines',
    target: '0 of ≥ 10,000 lost over ≥ 60 cuts; the control loses ≥ 90 %',
    tests: ['T2'],
    needs: ['cuts', 'controlCuts'],
    figure: (of) => `${of.sum('lost')} of ${number(of.sum('acknowledged'))} lost over ${of.sum('cuts')} cuts`,
    isMet: (of) =>
      of.sum('lost') === 0 &&
      of.sum('acknowledged') >= 10_000 &&
      of.sum('cuts') >= 60 &&
      of.sum('controlLost') >= 0.9 * of.sum('controlAcknowledged'),
    control: (of) =>
      `not flushed: ${number(of.sum('controlLost'))} of ${number(of.sum('controlAcknowledged'))} lost over ${of.sum('controlCuts')} cuts`,
  },
  {
    promise: 'P3',
    says: 'A response the server acknowledged survives kill -9 and power loss of the server',
    target: '0 of ≥ 100,000 over ≥ 200 kills; 0 of ≥ 250,000 over ≥ 25 cuts; the control loses > 0',
    tests: ['T3', 'T4'],
    needs: ['kills', 'cuts', 'controlCuts'],
    figure: (of) => {
      const [killed, cut] = [of.of('T3'), of.of('T4')];
      return `${killed.sum('lost')} of ${number(killed.sum('acknowledged'))} over ${killed.sum('kills')} kills; ${cut.sum('lost')} of ${number(cut.sum('acknowledged'))} over ${cut.sum('cuts')} cuts`;
    },
    isMet: (of) => {
      const [killed, cut] = [of.of('T3'), of.of('T4')];
      return (
        of.sum('lost') === 0 &&
        killed.sum('kills') >= 200 &&
        killed.sum('acknowledged') >= 100_000 &&
        cut.sum('cuts') >= 25 &&
        cut.sum('acknowledged') >= 250_000 &&
        cut.sum('controlLost') > 0
      );
    },
    control: (of) =>
      `synchronous NORMAL: ${number(of.sum('controlLost'))} of ${number(of.sum('controlAcknowledged'))} lost over ${of.sum('controlCuts')} cuts`,
  },
  {
    promise: 'P4',
    says: 'No response is counted twice, whatever is resent',
    target: '0 twice in ≥ 1,000,000 submissions, ≥ 20 % of them resent',
    tests: ['T3', 'T4', 'T9', 'T10', 'T13'],
    needs: ['submitted', 'resent'],
    figure: (of) =>
      `${of.sum('twice')} twice in ${number(of.sum('submitted'))} submissions, ${Math.round((100 * of.sum('resent')) / of.sum('submitted'))} % resent`,
    isMet: (of) =>
      of.sum('twice') === 0 &&
      of.sum('submitted') >= 1_000_000 &&
      of.sum('resent') >= 0.2 * of.sum('submitted'),
  },
  {
    promise: 'P5',
    says: 'Nothing but our server’s own receipt makes the tablet forget a response',
    target: '0 let go in ≥ 2,000 forged or cut answers',
    tests: ['T9', 'T10'],
    needs: ['cuts', 'forged'],
    figure: (of) =>
      `${of.sum('premature')} let go in ${number(of.sum('cuts') + of.sum('requestCuts') + of.sum('forged'))} forged or cut answers`,
    isMet: (of) => of.sum('premature') === 0 && of.sum('cuts') + of.sum('forged') >= 2_000,
    control: () => 'the server’s own receipt, between the lies, lets every answer go',
  },
  {
    promise: 'P6',
    says: 'If the browser or the tablet destroys its storage, you will know how many responses were lost',
    target: '13 of 13 scenarios told with the exact number within one heartbeat',
    tests: ['T7', 'T8'],
    needs: ['scenarios', 'exact'],
    figure: (of) => `${of.sum('exact')} of ${of.sum('scenarios')} scenarios exact`,
    isMet: (of) => of.sum('scenarios') >= 13 && of.sum('exact') === of.sum('scenarios'),
  },
  {
    promise: 'P7',
    says: 'The kiosk never thanks for an answer it could not store, and says it is out of order',
    target: '0 false thanks; said ≤ 5 s; collects again ≤ 10 s',
    tests: ['T5', 'T7'],
    needs: ['falseThanks', 'noticeMs', 'collectsAgainMs'],
    figure: (of) =>
      `${of.sum('falseThanks')} false thanks; said after ${of.worst('noticeMs')} ms; collects again after ${of.worst('collectsAgainMs')} ms`,
    isMet: (of) =>
      of.sum('falseThanks') === 0 && of.worst('noticeMs') <= 5_000 && of.worst('collectsAgainMs') <= 10_000,
  },
  {
    promise: 'P8',
    says: 'One bad response never blocks the others and is never thrown away',
    target: '0 failures in ≥ 20,000 seeds; 0 valid entries lost beside malformed ones',
    tests: ['T12', 'T19'],
    needs: ['seeds', 'bodies'],
    figure: (of) =>
      `${of.sum('failures')} failures in ${number(of.sum('seeds'))} seeds; ${of.of('T12').sum('lost')} valid entries lost beside ${number(of.sum('bodies'))} malformed bodies`,
    isMet: (of) => of.sum('failures') === 0 && of.sum('seeds') >= 20_000 && of.of('T12').sum('lost') === 0,
    control: (of) =>
      of.has('mutationsTotal')
        ? `${of.sum('mutationsCaught')} of ${of.sum('mutationsTotal')} re-introduced mistakes caught`
        : null,
  },
  {
    promise: 'P9',
    says: 'After a town-wide outage 500 tablets × 200 responses drain without help, the server killed at half',
    target: '≤ 60 s on 2 cores, p99 ≤ 3 s, memory ≤ 256 MB, 0 lost',
    tests: ['T13'],
    needs: ['drainSeconds'],
    figure: (of) =>
      `${number(of.sum('tablets'))} tablets, ${number(of.sum('entries'))} responses: ${of.worst('drainSeconds')} s, p99 ${of.worst('p99Ms')} ms, ${of.worst('peakRssMb')} MB, ${of.sum('lost')} lost`,
    isMet: (of) =>
      of.sum('entries') >= 100_000 &&
      of.worst('drainSeconds') <= 60 &&
      of.worst('p99Ms') <= 3_000 &&
      of.worst('peakRssMb') <= 256 &&
      of.sum('lost') === 0,
  },
  {
    promise: 'P10',
    says: 'Months off line, old version: still accepted',
    target: 'every released version, 0 rejected',
    tests: ['T17'],
    needs: ['versions', 'rejected'],
    figure: (of) => `${of.sum('versions')} versions, ${of.sum('rejected')} rejected`,
    isMet: (of) => of.sum('versions') > 0 && of.sum('rejected') === 0,
  },
  {
    promise: 'P11',
    says: 'A wrong clock never loses or hides a response; the hour is corrected and the doubt is shown',
    target: '0 rejected over ≥ 40 clocks and jumps; to 2 s in the same boot, flagged otherwise',
    tests: ['T11'],
    needs: ['clocks', 'jumps'],
    figure: (of) =>
      `${of.sum('rejected')} of ${of.sum('answers')} rejected over ${of.sum('clocks') + of.sum('jumps') + of.sum('serverClocks')} clocks and jumps, placed to 2 s or flagged`,
    isMet: (of) => of.sum('rejected') === 0 && of.sum('clocks') + of.sum('jumps') >= 40,
  },
  {
    promise: 'P12',
    says: 'An update never interrupts a visitor and never leaves a tablet without a working page',
    target: '≥ 12 scenarios, all passed',
    tests: ['T16'],
    needs: [],
    figure: (of) => `${of.passed} of ${of.lines.length} scenarios`,
    isMet: (of) => of.passed >= 12,
  },
  {
    promise: 'P13',
    says: 'A full disk or a hostile body never brings the server down',
    target: '0 crashes, 0 × 5xx but 503 and 507, in ≥ 10,000 bodies',
    tests: ['T6', 'T12', 'T14'],
    needs: ['fullDisks', 'bodies', 'logMb'],
    figure: (of) =>
      `${of.sum('crashes')} crashes, ${of.sum('serverErrors')} × 5xx in ${number(of.sum('bodies'))} bodies; ${of.sum('fullDisks')} full disks, ${of.of('T6').sum('lost')} lost; log ${of.worst('logMb')} MB after a pin at ${of.worst('pinnedLogMb')} MB`,
    isMet: (of) =>
      of.sum('crashes') === 0 &&
      of.sum('serverErrors') === 0 &&
      of.sum('bodies') >= 10_000 &&
      of.of('T6').sum('lost') === 0 &&
      of.worst('logMb') <= 64,
    control: (of) => `the full disks were said ${of.sum('saidFull')} times with 507`,
  },
  {
    promise: 'P14',
    says: 'Free text waiting on a tablet cannot be read from the tablet',
    target: '0 files of the profile hold a canary',
    tests: ['T21'],
    needs: ['canaries'],
    figure: (of) => `${of.sum('filesHolding')} files hold one of ${of.sum('canaries')} canaries`,
    isMet: (of) => of.sum('filesHolding') === 0 && of.sum('controlsFound') > 0,
    control: (of) => `${of.sum('controlsFound')} texts written plainly are found`,
  },
  {
    promise: 'P15',
    says: 'A visitor cannot leave the survey through our page',
    target: '0 of ≥ 500 gestures and chords lead out',
    tests: ['T20'],
    needs: ['gestures'],
    figure: (of) => `0 of ${number(of.sum('gestures'))} lead out`,
    isMet: (of) => of.sum('gestures') >= 500,
  },
  {
    promise: 'P16',
    says: 'Drumming children do not bend the score, and nothing is hidden from you',
    target: '< 1 % shift; 0 deleted; reasons listed',
    tests: ['T22'],
    needs: ['shiftPercent'],
    figure: (of) =>
      `${of.worst('shiftPercent')} % shift; ${of.sum('deleted')} deleted; ${of.sum('reasons')} reasons listed`,
    isMet: (of) => of.worst('shiftPercent') < 1 && of.sum('deleted') === 0 && of.sum('reasons') > 0,
    control: (of) => `with the flagged answers in, ${of.worst('shiftPercentWithThem')} %`,
  },
  {
    promise: 'P17',
    says: 'Exports cannot run code in a spreadsheet',
    target: '0 formulas of 5,000 hostile strings',
    tests: ['T26'],
    needs: ['strings', 'formulas'],
    figure: (of) => `${of.sum('formulas')} formulas of ${number(of.sum('strings'))} hostile strings`,
    isMet: (of) => of.sum('formulas') === 0 && of.sum('strings') >= 5_000,
  },
  {
    promise: 'P18',
    says: 'Guessing an enrolment code is hopeless',
    target: '0 of ≥ 100,000; ≤ 1e-9 for each window by arithmetic',
    tests: ['T25'],
    needs: ['guesses'],
    figure: (of) =>
      `${of.sum('successes')} of ${number(of.sum('guesses'))}; ${of.worst('chancePerHour')} an hour at ten live codes`,
    isMet: (of) =>
      of.sum('successes') === 0 && of.sum('guesses') >= 100_000 && of.worst('chancePerHour') <= 1e-9,
  },
  {
    promise: 'P19',
    says: 'Backups are restorable',
    target: 'restored, sound, counts equal',
    tests: ['T15'],
    needs: [],
    figure: (of) => `${of.passed} of ${of.lines.length} drills`,
    isMet: (of) => of.isSound,
  },
];

/**
 * Holds what tests have measured against what is promised. What no test has measured is not shown, and what is not shown is not kept.
 * @param {readonly Line[]} lines
 * @returns {Row[]}
 */
export function judgePromises(lines) {
  const all = new Shown(lines.filter(({ file }) => file === undefined || isFaultTest(file)));
  return PROMISES.map(({ promise, says, target, tests, needs, figure, isMet, control }) => {
    const of = all.of(...tests);
    const missing = needs.filter((name) => !of.has(name));
    if (of.lines.length === 0 || missing.length > 0)
      return { promise, says, target, figure: NOT_SHOWN, met: false, control: null };
    const failed = of.lines.length - of.passed;
    return {
      promise,
      says,
      target,
      figure: failed > 0 ? `${figure(of)}; ${failed} of ${of.lines.length} tests failed` : figure(of),
      met: failed === 0 && isMet(of),
      control: control?.(of) ?? null,
    };
  });
}

/**
 * The lines of one run, or of several that follow each other in one file: of a test that ran again the last is told, and what the night
 * has shown stands in place of the same test's smaller counts by day.
 * @param {string} text of a file of figures
 * @returns {Line[]}
 */
export function readFigures(text) {
  /** @type {Line[]} */
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
  const told = [
    ...new Map(
      lines.map((line, index) => [
        line.name === undefined
          ? index
          : JSON.stringify([line.file, line.test, line.name, line.isNightly === true]),
        line,
      ]),
    ).values(),
  ];
  const placeOf = (/** @type {Line} */ { file, test }) => `${file ?? ''} ${test}`;
  const byNight = new Set(told.filter(({ isNightly }) => isNightly === true).map(placeOf));
  return told.filter((line) => line.isNightly === true || !byNight.has(placeOf(line)));
}
