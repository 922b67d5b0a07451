/** Whether what is counted stands in the figures, or is set aside for its flags. */
export type Integrity = 'clear' | 'flagged';

/** What changed a closed week: answers that came late, as they were judged, and what was decided since. */
export type LateChange = Integrity | 'included' | 'excluded';

/** What people decided about single answers; `sqlite/*.sql` is where the tables are made. */
export interface IntegrityTables {
  integrity_decisions: {
    organisation_id: string;
    decision_id: string;
    service_id: string;
    point_id: string;
    local_date: string;
    /** null: of both. */
    half_day: 'am' | 'pm' | null;
    /** What its answers are by it. */
    decided: Integrity;
    /** How many they were when it was signed. */
    responses: number;
    reason: string;
    signed_at: string;
    /** At the site. */
    signed_on: string;
    signed_by: string;
    taken_back_at: string | null;
    taken_back_on: string | null;
    taken_back_by: string | null;
    taken_back_reason: string | null;
  };
  decided_responses: {
    organisation_id: string;
    response_id: string;
    decision_id: string;
    /** 0 once the decision was taken back. One decision at most holds for an answer. */
    in_force: number;
  };
}
