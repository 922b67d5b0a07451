import * as v from 'valibot';
import {
  type Decision,
  decisionConflictSchema,
  type DecisionMaking,
  decisionSchema,
} from '../../protocol/integrity.ts';
import type { ApiFailure } from '../shell/api.ts';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';

/** What became of a decision. */
export type Decided =
  | { readonly kind: 'done'; readonly decision: Decision }
  /** Somebody else was there first; nothing is changed, and what is on screen is old. */
  | { readonly kind: 'conflict'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string };

interface ServiceKey {
  readonly organisationId: string;
  readonly serviceId: string;
}

/** Asks the server to sign a decision, or to take one back. */
export function useDecisions() {
  const { api } = useShell();
  const pathOf = ({ organisationId, serviceId }: ServiceKey) =>
    `/api/v1/integrity/${encodeURIComponent(organisationId)}/${encodeURIComponent(serviceId)}`;
  return {
    sign: async (key: ServiceKey, date: string, making: DecisionMaking): Promise<Decided> => {
      const result = await api.send('POST', `${pathOf(key)}/${date}/decisions`, making, decisionSchema);
      if (result.ok) return { kind: 'done', decision: result.value };
      return refusal(result.error, (held) =>
        held === null
          ? words.integrity.conflictGone
          : words.integrity.conflictDecided(held.signedBy, held.reason),
      );
    },
    takeBack: async (decision: Decision, reason: string): Promise<Decided> => {
      const path = `${pathOf(decision)}/decisions/${decision.decisionId}/withdrawal`;
      const result = await api.send('POST', path, { reason }, decisionSchema);
      if (result.ok) return { kind: 'done', decision: result.value };
      return refusal(result.error, (held) =>
        held?.takenBack == null
          ? words.integrity.conflictGone
          : words.integrity.conflictTakenBack(held.takenBack.by, held.takenBack.reason),
      );
    },
  };
}

function refusal(failure: ApiFailure, conflictText: (held: Decision | null) => string): Decided {
  if (failure.kind === 'problem' && failure.problem.code === 'conflict') {
    const current = v.safeParse(decisionConflictSchema, failure.problem.current);
    return { kind: 'conflict', text: conflictText(current.success ? current.output.decision : null) };
  }
  return { kind: 'failed', text: failureText(failure) };
}
