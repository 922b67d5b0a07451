import { pbkdf2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import type { OrganisationId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StaffCodeProof, StaffCodeState } from '../../protocol/staff-code.ts';
import { type Clock, instantOf } from '../clock.ts';
import { holdsOrganisation, inWholeOrganisationsOf } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

const hashOf = promisify(pbkdf2);
/** A third of a second on a slow tablet. More would not keep six digits from whoever has the hash and tries them all. */
const ITERATIONS = 100_000;
const MADE_DIGITS = 6;

type Deps = { readonly store: Store; readonly clock: Clock };

/** What proves the code of an organisation's tablets; the code is made when it is first asked for. */
export async function staffCodeProof(
  store: Store,
  organisationId: OrganisationId,
  clock: Clock,
): Promise<StaffCodeProof> {
  const { iterations, salt, hash } = await readOrMake({ store, clock }, organisationId);
  return { iterations, salt: toBase64(salt), hash: toBase64(hash) };
}

/** The codes of a scope's organisations, as administrators may see them. */
export async function readStaffCodes(deps: Deps, scope: Scope): Promise<readonly StaffCodeState[]> {
  const organisations = await deps.store.db
    .selectFrom('organisations')
    .select(['organisation_id', 'name'])
    .where(inWholeOrganisationsOf(scope, 'organisations'))
    .orderBy('position')
    .execute();
  return Promise.all(
    organisations.map(async ({ organisation_id, name }): Promise<StaffCodeState> => {
      const organisationId = organisation_id as OrganisationId;
      const row = await readOrMake(deps, organisationId);
      return {
        organisationId,
        organisationName: name,
        shownCode: row.shown_code,
        changedAt: row.changed_at,
      };
    }),
  );
}

/** Gives the organisation's tablets another code; each takes it with its next push. */
export async function changeStaffCode(
  { store, clock }: Deps,
  scope: Scope,
  organisationId: OrganisationId,
  code: string,
): Promise<Result<void, { readonly kind: 'not-found' }>> {
  if (!holdsOrganisation(scope, organisationId)) return err({ kind: 'not-found' });
  const row = await rowOf(organisationId, code, null, clock);
  await store.db
    .insertInto('staff_codes')
    .values(row)
    .onConflict((already) => already.column('organisation_id').doUpdateSet(row))
    .execute();
  return ok(undefined);
}

async function readOrMake(
  { store, clock }: Deps,
  organisationId: OrganisationId,
): Promise<Tables['staff_codes']> {
  const known = await read(store, organisationId);
  if (known !== undefined) return known;
  const code = String(randomInt(10 ** MADE_DIGITS)).padStart(MADE_DIGITS, '0');
  // Whoever asks at the same instant makes another: the first to be written is the one.
  await store.db
    .insertInto('staff_codes')
    .values(await rowOf(organisationId, code, code, clock))
    .onConflict((already) => already.doNothing())
    .execute();
  const made = await read(store, organisationId);
  if (made === undefined) throw new Error('A code that was just made is not there.');
  return made;
}

function read({ db }: Store, organisationId: OrganisationId): Promise<Tables['staff_codes'] | undefined> {
  return db
    .selectFrom('staff_codes')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
}

async function rowOf(
  organisationId: OrganisationId,
  code: string,
  shownCode: string | null,
  clock: Clock,
): Promise<Tables['staff_codes']> {
  const salt = randomBytes(16);
  return {
    organisation_id: organisationId,
    iterations: ITERATIONS,
    salt,
    hash: await hashOf(code, salt, ITERATIONS, 32, 'sha256'),
    shown_code: shownCode,
    changed_at: instantOf(clock.now()),
  };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
