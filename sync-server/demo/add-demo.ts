import type { FastifyInstance } from 'fastify';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { localMidnightMs, localMoment } from '../../domain/local-time.ts';
import { addDays, addWeeks, firstDayOf, type IsoWeek, type LocalDate, weekOf } from '../../domain/weeks.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { createApp } from '../app.ts';
import type { AppDeps } from '../app-deps.ts';
import { publicHolidaysBetween } from '../calendar/public-holidays.ts';
import { type Clock, instantOf } from '../clock.ts';
import { createEnrolmentCode } from '../enrolment/codes.ts';
import { PlainFault } from '../plain-fault.ts';
import { fromReceptionPoints } from '../surveys/reception-points.ts';
import { applyThemes } from '../verbatims/apply-themes.ts';
import { type DemoAlive, liveThroughYear } from './demo-alive.ts';
import { countVisitors } from './demo-attendance.ts';
import { signDecisions } from './demo-decisions.ts';
import { drummedVisits } from './demo-drumming.ts';
import { publishDemo } from './demo-publication.ts';
import { DemoTablet } from './demo-tablet.ts';
import { type DemoVisit, demoWeek, demoWeeks } from './demo-year.ts';
import { seededRandom } from './random.ts';

/** One seed, one year: whoever looks at the demonstration sees the same figures. */
const SEED = 20_211_109;
const DAY_MS = 86_400_000;
/** A tablet that was without network for this many days, some weeks ago: its answers revise a closed week. */
const LATE_DAYS = 9;
const LATE_WEEKS_AGO = 3;
const LATE_SERVICE = 'accueil-general';
/** Whose tablet has not been heard of since yesterday. */
const SILENT_SERVICE = 'ccas-accueil-general';
const SILENT_DAYS = 1.3;

export interface DemoSummary {
  readonly responses: number;
  readonly tablets: number;
}

/** The made-up year's own clock: it runs through the weeks so that each push is received when it would have been. */
class DemoClock implements Clock {
  atMs = 0;
  now(): number {
    return this.atMs;
  }
}

interface Post {
  readonly organisationId: OrganisationId;
  readonly serviceId: string;
  readonly tablet: DemoTablet;
  /** Public holidays among the days it is closed on. */
  readonly openingHours: OpeningHours;
}

/**
 * Fills an empty store with a believable year, sent by made-up tablets through the real push path, and marks every organisation as a
 * demonstration. Null when the demonstration is already there.
 *
 * @throws PlainFault when the store holds real answers: they would be mixed with made-up ones.
 */
export async function addDemo(deps: AppDeps): Promise<DemoSummary | null> {
  const { db } = deps.store;
  const marked = await db
    .selectFrom('enrolments')
    .select('enrolment_id')
    .where('is_demonstration', '=', 1)
    .limit(1)
    .executeTakeFirst();
  if (marked !== undefined) return null;
  const real = await db.selectFrom('responses').select('response_id').limit(1).executeTakeFirst();
  if (real !== undefined)
    throw new PlainFault(
      'This database holds real answers, and a demonstration would be mixed with them. Start the demonstration on a directory of its own: DATA_DIR=data-demo npm start -- --demo',
    );
  const clock = new DemoClock();
  const nowMs = deps.clock.now();
  const app = await createApp({
    ...deps,
    clock,
    webRoot: null,
    config: { ...deps.config, logLevel: 'silent', kioskOrigin: null, adminOrigin: null },
  });
  try {
    const posts = await enrolEverywhere(deps, app, clock, nowMs);
    const responses = await replay(posts, clock, nowMs);
    const receptions = posts.map((post) => aliveOf(post, nowMs));
    await liveThroughYear(deps.store, receptions, nowMs, seededRandom(SEED));
    await countVisitors(deps, receptions, seededRandom(SEED));
    await readWhatIsOld(deps, posts, nowMs);
    await applyThemes(deps.store);
    const [post] = posts;
    if (post !== undefined)
      await signDecisions(deps, localMoment(nowMs, post.tablet.assignment.timeZone).date);
    await publishDemo(deps);
    return { responses, tablets: posts.length };
  } finally {
    await app.close();
  }
}

async function enrolEverywhere(
  deps: AppDeps,
  app: FastifyInstance,
  clock: DemoClock,
  nowMs: number,
): Promise<Post[]> {
  const { db } = deps.store;
  const points = await fromReceptionPoints(db)
    .select(['points.organisation_id', 'points.point_id', 'points.service_id'])
    .where('services.status', '=', 'active')
    .orderBy('points.organisation_id')
    .orderBy('services.position')
    .execute();
  clock.atMs = nowMs - 371 * DAY_MS;
  // Marked first: whatever enrols from here on belongs to the demonstration, even if this start is cut off.
  await db.updateTable('organisations').set({ is_demonstration: 1 }).execute();
  const posts: Post[] = [];
  for (const { organisation_id, point_id, service_id } of points) {
    const place = { organisationId: organisation_id as OrganisationId, pointId: point_id as PointId };
    const made = await createEnrolmentCode(deps.store, clock, place);
    if (!made.ok) throw new Error(`No code for ${point_id}: ${made.error.kind}`);
    const tablet = await DemoTablet.enrol(app, made.value.linkSecret);
    const { point, timeZone } = tablet.assignment;
    const { openingHours } = point;
    const today = localMoment(nowMs, timeZone).date;
    const holidays = await publicHolidaysBetween(addDays(today, -400), today);
    posts.push({
      organisationId: place.organisationId,
      serviceId: service_id,
      tablet,
      openingHours: {
        ...openingHours,
        closedOn: [...new Set([...(openingHours.closedOn ?? []), ...holidays.keys()])],
      },
    });
  }
  return posts;
}

/** Lives through the year week by week, each tablet pushing on the evening of the week's last day, or now. */
async function replay(posts: readonly Post[], clock: DemoClock, nowMs: number): Promise<number> {
  const random = seededRandom(SEED);
  let responses = 0;
  const late = new Map<Post, DemoVisit[]>();
  const first = posts[0];
  if (first === undefined) return 0;
  const today = localMoment(nowMs, first.tablet.assignment.timeZone).date;
  const lateWeek = addWeeks(weekOf(today), -LATE_WEEKS_AGO);
  for (const week of demoWeeks(today)) {
    for (const post of posts) {
      const { timeZone, surveyVersion } = post.tablet.assignment;
      const endMs = Math.min(nowMs, localMidnightMs(addDays(firstDayOf(week), 7), timeZone) - 3_600_000);
      const visits = demoWeek(
        { serviceId: post.serviceId, timeZone, openingHours: post.openingHours, surveyVersion },
        week,
        endMs,
        random,
      );
      const drummed = drummedVisits(visits, post.serviceId, weeksBetween(week, today));
      responses += visits.length + drummed.length;
      clock.atMs = endMs;
      const isLate = week === lateWeek && post.serviceId === LATE_SERVICE;
      const kept = isLate ? visits.slice(0, -4) : visits;
      if (isLate) late.set(post, visits.slice(-4));
      await post.tablet.push([...kept, ...drummed, ...arrivedBy(late, post, week, lateWeek)], endMs);
    }
  }
  await signOfLife(posts, clock, nowMs);
  return responses;
}

/** How many weeks ago a week was. */
function weeksBetween(week: IsoWeek, today: LocalDate): number {
  const apartMs = Date.parse(firstDayOf(weekOf(today))) - Date.parse(firstDayOf(week));
  return Math.round(apartMs / (7 * DAY_MS));
}

/** What a tablet without network had kept, once it is back. */
function arrivedBy(
  late: Map<Post, DemoVisit[]>,
  post: Post,
  week: IsoWeek,
  lateWeek: IsoWeek,
): readonly DemoVisit[] {
  if (week !== addWeeks(lateWeek, Math.ceil(LATE_DAYS / 7) - 1)) return [];
  const visits = late.get(post) ?? [];
  late.delete(post);
  return visits;
}

/** The year's readers and moderators kept up: only last week's words and this week's wait for them. */
async function readWhatIsOld({ store }: AppDeps, posts: readonly Post[], nowMs: number): Promise<void> {
  const timeZone = posts[0]?.tablet.assignment.timeZone ?? 'UTC';
  const lastMonday = firstDayOf(addWeeks(weekOf(localMoment(nowMs, timeZone).date), -1));
  await store.db
    .updateTable('verbatims')
    .set({
      read_at: instantOf(localMidnightMs(lastMonday, timeZone)),
      read_by: 'Démonstration',
      released_at: instantOf(localMidnightMs(lastMonday, timeZone)),
      released_by: 'Démonstration',
      version: 2,
    })
    .where('local_date', '<', lastMonday)
    .execute();
}

function aliveOf({ organisationId, serviceId, tablet, openingHours }: Post, nowMs: number): DemoAlive {
  const { point, timeZone } = tablet.assignment;
  const lastSeenMs = serviceId === SILENT_SERVICE ? nowMs - SILENT_DAYS * DAY_MS : nowMs;
  return { organisationId, serviceId, pointId: point.pointId, openingHours, timeZone, lastSeenMs };
}

async function signOfLife(posts: readonly Post[], clock: DemoClock, nowMs: number): Promise<void> {
  for (const [index, post] of posts.entries()) {
    const isSilent = post.serviceId === SILENT_SERVICE;
    clock.atMs = isSilent ? nowMs - SILENT_DAYS * DAY_MS : nowMs - (index + 1) * 17_000;
    await post.tablet.push([], clock.atMs, isSilent ? 2 : 0);
  }
}
