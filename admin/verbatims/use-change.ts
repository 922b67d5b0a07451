import * as v from 'valibot';
import {
  type ModerationConflict,
  moderationConflictSchema,
  type Verbatim,
  type VerbatimChange,
  verbatimSchema,
} from '../../protocol/verbatims.ts';
import { failureText } from '../shell/failure-words.ts';
import { useShell } from '../shell/session.tsx';

/** What became of a change. */
export type Changed =
  | { readonly kind: 'done'; readonly verbatim: Verbatim }
  /** Somebody else has decided meanwhile; nothing is changed. */
  | { readonly kind: 'conflict'; readonly current: ModerationConflict }
  | { readonly kind: 'failed'; readonly text: string };

/** Asks the server for one change of a text. */
export function useChange(): (verbatim: Verbatim, wanted: VerbatimChange) => Promise<Changed> {
  const { api } = useShell();
  return async ({ organisationId, responseId, hits }, wanted) => {
    const path = `/api/v1/verbatims/${encodeURIComponent(organisationId)}/${responseId}`;
    const result = await api.send('PATCH', path, wanted, verbatimSchema);
    // What was searched for is known to the page alone; a change that moves the words takes the marks away.
    if (result.ok)
      return { kind: 'done', verbatim: { ...result.value, hits: wanted.change === 'mask' ? [] : hits } };
    const failure = result.error;
    if (failure.kind === 'problem' && failure.problem.code === 'conflict') {
      const current = v.safeParse(moderationConflictSchema, failure.problem.current);
      if (current.success) return { kind: 'conflict', current: current.output };
    }
    return { kind: 'failed', text: failureText(failure) };
  };
}

/** A text as it is once somebody else's decision is known: what they masked is fetched with the page. */
export function withConflict(verbatim: Verbatim, { masks, ...moderation }: ModerationConflict): Verbatim {
  const { original } = verbatim;
  return { ...verbatim, ...moderation, original: original === null ? null : { ...original, masks } };
}
