import type { Store } from '../store/store.ts';
import type { Reader } from './unsubscribe-token.ts';

/** Whether somebody wants the letter: everybody does until they say otherwise. */
export async function wantsLetter(
  { db }: Pick<Store, 'db'>,
  { organisationId, personId }: Reader,
): Promise<boolean> {
  const row = await db
    .selectFrom('letter_preferences')
    .select('wants_weekly')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined || row.wants_weekly === 1;
}

/** @returns false where there is nobody of that name any more */
export async function setWantsLetter(
  { db }: Pick<Store, 'db'>,
  { organisationId, personId }: Reader,
  isWanted: boolean,
): Promise<boolean> {
  const person = await db
    .selectFrom('people')
    .select('person_id')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (person === undefined) return false;
  const row = { organisation_id: organisationId, person_id: personId, wants_weekly: isWanted ? 1 : 0 };
  await db
    .insertInto('letter_preferences')
    .values(row)
    .onConflict((already) => already.columns(['organisation_id', 'person_id']).doUpdateSet(row))
    .execute();
  return true;
}
