import type { Kysely } from 'kysely';
import { localMoment } from '../../domain/local-time.ts';
import type { LocalDate } from '../../domain/weeks.ts';
import type { TabletLoss } from '../../protocol/fleet.ts';
import { instantOf } from '../clock.ts';
import { inOrganisationsOf } from '../people/scope.ts';
import type { VisibleService } from '../people/visible-services.ts';
import type { Scope } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** A sign that two tablets share an enrolment is shown for so long: after one of them got its own, there are no more. */
const SIGN_SHOWN_MS = 7 * 86_400_000;
/** A request that was long under way can look twice as if a former boot had come back. */
const BOOT_RETURNS_TOLD = 3;

type Key = Pick<Tables['enrolments'], 'organisation_id' | 'enrolment_id'>;

/** A tablet among all organisations'. */
export function tabletKey({ organisation_id, enrolment_id }: Key): string {
  return `${organisation_id}/${enrolment_id}`;
}

/** What each tablet has lost for good, the latest first; by key. */
export async function readLosses(
  db: Kysely<Tables>,
  scope: Scope,
): Promise<ReadonlyMap<string, readonly TabletLoss[]>> {
  const rows = await db
    .selectFrom('known_losses')
    .select(['organisation_id', 'enrolment_id', 'first_sequence', 'last_sequence'])
    .select(['through_sequence', 'noticed_at', 'cause'])
    .where(inOrganisationsOf(scope, 'known_losses'))
    .orderBy('through_sequence', 'desc')
    .execute();
  const losses = new Map<string, Map<number, TabletLoss>>();
  for (const row of rows) {
    const key = tabletKey(row);
    const ofTablet = losses.get(key) ?? new Map<number, TabletLoss>();
    losses.set(key, ofTablet);
    const count =
      (ofTablet.get(row.through_sequence)?.count ?? 0) + row.last_sequence - row.first_sequence + 1;
    ofTablet.set(row.through_sequence, { count, noticedAt: row.noticed_at, cause: row.cause });
  }
  return new Map([...losses].map(([key, ofTablet]) => [key, [...ofTablet.values()]]));
}

/** When there was last a sign that two tablets share an enrolment; by key. */
export async function readShared(
  db: Kysely<Tables>,
  scope: Scope,
  nowMs: number,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('shared_enrolments')
    .select(['organisation_id', 'enrolment_id', 'last_sign_at'])
    .where(inOrganisationsOf(scope, 'shared_enrolments'))
    .where('last_sign_at', '>=', instantOf(nowMs - SIGN_SHOWN_MS))
    .where((is) => is.or([is('taken_sequences', '>', 0), is('boot_returns', '>=', BOOT_RETURNS_TOLD)]))
    .execute();
  return new Map(
    rows.flatMap((row) => (row.last_sign_at === null ? [] : [[tabletKey(row), row.last_sign_at]])),
  );
}

/** How many answers the tablets of a service are known to have lost for good, by the days on which that was noticed at the site. */
export async function countLost(
  db: Kysely<Tables>,
  { organisationId, serviceId, timeZone }: Pick<VisibleService, 'organisationId' | 'serviceId' | 'timeZone'>,
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<number> {
  const rows = await db
    .selectFrom('known_losses')
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'known_losses.organisation_id')
        .onRef('enrolments.enrolment_id', '=', 'known_losses.enrolment_id'),
    )
    .innerJoin('points', (join) =>
      join
        .onRef('points.organisation_id', '=', 'enrolments.organisation_id')
        .onRef('points.point_id', '=', 'enrolments.point_id'),
    )
    .select(['first_sequence', 'last_sequence', 'noticed_at'])
    .where('known_losses.organisation_id', '=', organisationId)
    .where('points.service_id', '=', serviceId)
    .execute();
  return rows
    .filter(({ noticed_at }) => {
      const { date } = localMoment(Date.parse(noticed_at), timeZone);
      return date >= from && date <= to;
    })
    .reduce((sum, { first_sequence, last_sequence }) => sum + last_sequence - first_sequence + 1, 0);
}
