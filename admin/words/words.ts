import { auditWords } from './fr/audit-words.ts';
import { attendanceWords } from './fr/attendance-words.ts';
import { chartFileWords } from './fr/chart-file-words.ts';
import { comparisonWords } from './fr/comparison-words.ts';
import { exportWords } from './fr/export-words.ts';
import { fleetWords } from './fr/fleet-words.ts';
import { halfDayWords } from './fr/half-day-words.ts';
import { integrityWords } from './fr/integrity-words.ts';
import { moderationWords } from './fr/moderation-words.ts';
import { peopleWords } from './fr/people-words.ts';
import { problemWords } from './fr/problem-words.ts';
import { publicationWords } from './fr/publication-words.ts';
import { scoreWords } from './fr/score-words.ts';
import { shellWords } from './fr/shell-words.ts';
import { themeWords } from './fr/theme-words.ts';
import { teamWords } from './fr/team-words.ts';
import { verbatimWords } from './fr/verbatim-words.ts';
import { weeklyLetterWords } from './fr/weekly-letter-words.ts';

const french = {
  shell: shellWords,
  scores: scoreWords,
  halfDays: halfDayWords,
  chartFiles: chartFileWords,
  verbatims: verbatimWords,
  moderation: moderationWords,
  attendance: attendanceWords,
  integrity: integrityWords,
  comparison: comparisonWords,
  themes: themeWords,
  fleet: fleetWords,
  publication: publicationWords,
  people: peopleWords,
  team: teamWords,
  audit: auditWords,
  exports: exportWords,
  weeklyLetter: weeklyLetterWords,
  problems: problemWords,
};

/** Every word the web view says, by capability. Another language is another object of this very type. */
type Words = typeof french;

export const words: Words = french;
