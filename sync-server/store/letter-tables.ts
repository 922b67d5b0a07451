/** The tables of letters, and of timed work that is done once. */
export interface LetterTables {
  job_runs: {
    organisation_id: string;
    job: string;
    due: string;
    subject: string;
    state: 'begun' | 'done' | 'failed' | 'given-up';
    attempts: number;
    tried_at: string;
    fault: string | null;
  };
  letter_preferences: { organisation_id: string; person_id: string; wants_weekly: number };
}
