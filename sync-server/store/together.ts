import type { Kysely, Transaction } from 'kysely';
import type { Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Does all of it or nothing: in a transaction of its own, or in the caller's where there is one. */
export async function together<Outcome>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Outcome>,
): Promise<Outcome> {
  return isWithin(db) ? work(db) : db.transaction().execute(work);
}

/** The same store, where everything that is read or written is in this transaction. */
export function storeWithin(store: Store, trx: Transaction<Tables>): Store {
  return {
    ...store,
    db: trx,
    gather: async (work) => work(trx),
    snapshot: async (work) => work(trx),
  };
}

function isWithin(db: Kysely<Tables>): db is Transaction<Tables> {
  return db.isTransaction;
}
