import { BY_DECISION, integrityFlagsAmong, type SetAsideReason } from '../../../domain/integrity.ts';

/** Stands among the flags of a response that somebody has set aside: no flag of a tablet can be called so. */
const SET_ASIDE_MARK = '*';

/** What holds for single responses against the rules; few answers are ever decided about. */
export const DECIDED_RESPONSES = `select one.organisation_id, one.response_id, decision.decided
  from decided_responses one join integrity_decisions decision
    on decision.organisation_id = one.organisation_id and decision.decision_id = one.decision_id
  where one.in_force = 1`;

export interface DecidedResponse {
  readonly organisation_id: string;
  readonly response_id: string;
  readonly decided: 'clear' | 'flagged';
}

type Flagged = Pick<DecidedResponse, 'organisation_id' | 'response_id'> & { readonly flags: string };

/** Gives responses the flags that what was decided leaves them with. */
export function deciding(rows: readonly DecidedResponse[]): <Row extends Flagged>(row: Row) => Row {
  const decided = new Map(
    rows.map((row) => [`${row.organisation_id}/${row.response_id}`, row.decided] as const),
  );
  if (decided.size === 0) return (row) => row;
  return (row) => {
    const side = decided.get(`${row.organisation_id}/${row.response_id}`);
    if (side === undefined) return row;
    const flags = JSON.parse(row.flags) as string[];
    const left =
      side === 'flagged'
        ? [...flags, SET_ASIDE_MARK]
        : flags.filter((flag) => integrityFlagsAmong([flag]).length === 0);
    return { ...row, flags: JSON.stringify(left) };
  };
}

/** Why a response is out of the figures. */
export function reasonsIn(flags: readonly string[]): readonly SetAsideReason[] {
  const byRules = integrityFlagsAmong(flags);
  return flags.includes(SET_ASIDE_MARK) ? [...byRules, BY_DECISION] : byRules;
}
