import type { Store } from '../store/store.ts';
import { recount } from './recount.ts';

/** How many of the answers that tablets were given a store does not hold, and how many it holds or counts beyond them; for tests. */
export async function compareStored(
  store: Store,
  given: ReadonlySet<string>,
): Promise<{ readonly lost: number; readonly twice: number }> {
  const rows = await store.db.selectFrom('responses').select('response_id').execute();
  const held = new Set<string>(rows.map((row) => row.response_id));
  const { responses, differences } = await recount(store, false);
  return {
    lost: [...given].filter((id) => !held.has(id)).length,
    twice: responses - [...held].filter((id) => given.has(id)).length + differences.length,
  };
}
