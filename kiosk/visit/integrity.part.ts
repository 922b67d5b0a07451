import { INTEGRITY_RULES, type TimedVisit, judgeVisit, rememberVisit } from '../../domain/integrity.ts';

/** What is said of a visit that has ended, as it goes into its paradata. */
export interface Judgement {
  readonly flags: readonly string[];
  readonly integrityRules: number;
}

/** Judges one visit after another, in the order they end. Only the tablet can: it alone knows the seconds. */
export type JudgeVisit = (visit: TimedVisit) => Judgement;

/** Remembers the visits of this page, in memory only: a moment is all that matters, and nobody can reload the page in one. */
export function createIntegrityJudge(): JudgeVisit {
  let recent: readonly TimedVisit[] = [];
  return (visit) => {
    const flags = judgeVisit(visit, recent);
    recent = rememberVisit(recent, visit);
    return { flags, integrityRules: INTEGRITY_RULES };
  };
}
