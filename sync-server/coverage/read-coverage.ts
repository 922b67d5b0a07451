import { type AliveDay, coverageOf } from '../../domain/coverage.ts';
import { localMoment } from '../../domain/local-time.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { addDays, daysBetween, type LocalDate } from '../../domain/weeks.ts';
import type { CoverageGapView, CoverageView } from '../../protocol/coverage.ts';
import { type PublicHolidays, publicHolidaysBetween } from '../calendar/public-holidays.ts';
import type { Clock } from '../clock.ts';
import { inOrganisationsOf, inScope } from '../people/scope.ts';
import type { Scope, Store } from '../store/store.ts';

/** As many as anybody reads; the rest is counted. */
const GAPS_TOLD = 12;

interface Point {
  readonly organisationId: string;
  readonly serviceId: string;
  readonly name: string;
  readonly hours: OpeningHours;
  readonly timeZone: string;
  /** The first day anything is known of. */
  readonly knownFrom: LocalDate;
  /** The last day a tablet stood there; null while one does. */
  readonly usedUntil: LocalDate | null;
  readonly alive: ReadonlyMap<LocalDate, AliveDay>;
}

type ServiceKey = { readonly organisationId: string; readonly serviceId: string };

/**
 * What part of their opening services could be answered in over some days. Its cost is that of the points and the days, whatever was answered.
 *
 * @returns of a service: null where nothing is known of any of these days, or it was not open
 */
export async function readCoverage(
  deps: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<(service: ServiceKey) => CoverageView | null> {
  const points = await readPoints(deps.store, scope, range);
  const holidays =
    points.length === 0 ? new Map<LocalDate, string>() : await publicHolidaysBetween(range.from, range.to);
  return ({ organisationId, serviceId }) => {
    const own = points.filter(
      (point) => point.organisationId === organisationId && point.serviceId === serviceId,
    );
    return coverageOfPoints(own, range, holidays, deps.clock.now());
  };
}

function coverageOfPoints(
  points: readonly Point[],
  range: { readonly from: LocalDate; readonly to: LocalDate },
  holidays: PublicHolidays,
  nowMs: number,
): CoverageView | null {
  let [openMinutes, aliveMinutes] = [0, 0];
  let measuredFrom: LocalDate | null = null;
  const gaps: CoverageGapView[] = [];
  for (const point of points) {
    const from = point.knownFrom > range.from ? point.knownFrom : range.from;
    const to = point.usedUntil !== null && point.usedUntil < range.to ? point.usedUntil : range.to;
    // On a public holiday nobody is received, whatever the usual hours say; where a tablet was on, somebody was.
    const days = daysFromTo(from, to).filter((day) => !holidays.has(day) || point.alive.has(day));
    const own = coverageOf(point.hours, days, point.alive, localMoment(nowMs, point.timeZone));
    openMinutes += own.openMinutes;
    aliveMinutes += own.aliveMinutes;
    if (own.openMinutes > 0 && from > range.from && (measuredFrom === null || from > measuredFrom))
      measuredFrom = from;
    gaps.push(...own.gaps.map((gap) => ({ ...gap, pointName: point.name })));
  }
  if (openMinutes === 0) return null;
  const longest = gaps.toSorted((a, b) => b.minutes - a.minutes).slice(0, GAPS_TOLD);
  return {
    openMinutes,
    aliveMinutes,
    measuredFrom,
    gaps: longest.toSorted((a, b) => (`${a.date} ${a.from}` < `${b.date} ${b.from}` ? -1 : 1)),
    otherGaps: gaps.length - longest.length,
  };
}

/** The points of which anything is known, with what is known of these days. */
async function readPoints(
  { db }: Pick<Store, 'db'>,
  scope: Scope,
  range: { readonly from: LocalDate; readonly to: LocalDate },
): Promise<readonly Point[]> {
  const rows = await db
    .selectFrom('points')
    .innerJoin('organisations', 'organisations.organisation_id', 'points.organisation_id')
    .select((is) => [
      'points.organisation_id',
      'points.point_id',
      'points.service_id',
      'points.name',
      'points.opening_hours',
      'organisations.time_zone',
      is
        .selectFrom('alive_quarters')
        .select((of) => of.fn.min('local_date').as('first'))
        .whereRef('alive_quarters.organisation_id', '=', 'points.organisation_id')
        .whereRef('alive_quarters.point_id', '=', 'points.point_id')
        .as('known_from'),
    ])
    .where(inScope(scope, 'points'))
    .execute();
  const enrolments = await db
    .selectFrom('enrolments')
    .select(['organisation_id', 'point_id', 'revoked_at'])
    .where(inOrganisationsOf(scope, 'enrolments'))
    .execute();
  const days = await db
    .selectFrom('alive_quarters')
    .select(['organisation_id', 'point_id', 'local_date', 'morning', 'afternoon'])
    .where(inOrganisationsOf(scope, 'alive_quarters'))
    // Named one by one, so that only their days are read.
    .where(
      'point_id',
      'in',
      rows.map((row) => row.point_id),
    )
    .where('local_date', '>=', range.from)
    .where('local_date', '<=', range.to)
    .execute();
  return rows.flatMap((row) => {
    const isHere = (other: { organisation_id: string; point_id: string }) =>
      other.organisation_id === row.organisation_id && other.point_id === row.point_id;
    if (row.known_from === null) return [];
    return [
      {
        organisationId: row.organisation_id,
        serviceId: row.service_id,
        name: row.name,
        hours: JSON.parse(row.opening_hours) as OpeningHours,
        timeZone: row.time_zone,
        knownFrom: row.known_from,
        usedUntil: usedUntil(
          enrolments.filter(isHere).map((enrolment) => enrolment.revoked_at),
          row.time_zone,
        ),
        alive: new Map(days.filter(isHere).map((day) => [day.local_date, day])),
      },
    ];
  });
}

/** @param revokedAt of each tablet that ever stood there; null while one stands */
function usedUntil(revokedAt: readonly (string | null)[], timeZone: string): LocalDate | null {
  const last = revokedAt.includes(null)
    ? undefined
    : revokedAt
        .filter((at) => at !== null)
        .toSorted()
        .at(-1);
  return last === undefined ? null : localMoment(Date.parse(last), timeZone).date;
}

function daysFromTo(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
}
