import { localMoment } from '../../domain/local-time.ts';
import { addDays, firstDayOf, type IsoWeek, weekOf } from '../../domain/weeks.ts';
import { adminOriginOf } from '../addresses.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Mailer } from '../mail/send-mail.ts';
import { grantsOf, reachesOf } from '../people/grants.ts';
import { type Person, personById } from '../people/people.ts';
import { visibleServices } from '../people/visible-services.ts';
import { readOverview } from '../scores/overview.ts';
import type { Scope } from '../store/store.ts';
import { beginJob, endJob, isToDo, type JobKey } from './job-runs.ts';
import { type LetterContent, letterOf } from './letter.ts';
import { wantsLetter } from './preferences.ts';
import { letterHtml, letterText } from './render-letter.ts';
import { unsubscribeToken } from './unsubscribe-token.ts';

const JOB = 'weekly-letter';
const DUE_MINUTE = 7 * 60;
/** A server that was off on Monday writes on Tuesday; on Wednesday the week is old. */
const DUE_DAYS = 2;
const MOST_ATTEMPTS = 12;
export const UNSUBSCRIBE_PATH = '/desabonnement';

type Deps = Pick<AppDeps, 'store' | 'clock' | 'config'>;
export interface WeeklyPorts extends Deps {
  readonly mailer: Mailer;
  readonly log: { error(facts: object, message: string): void };
}

/** The letter about a week that somebody would get. */
export async function weeklyLetter(
  deps: Deps,
  person: Person,
  scope: Scope,
  week: IsoWeek,
): Promise<LetterContent> {
  return letterOf(await readOverview(deps, scope, { period: week }), {
    origin: adminOriginOf(deps.config),
    unsubscribeUrl: unsubscribeUrlOf(deps, person),
  });
}

/** The week that a letter written now is about: the last that has ended in the zone. */
export function lastEndedWeek(nowMs: number, timeZone: string): IsoWeek {
  return weekOf(addDays(firstDayOf(weekOf(localMoment(nowMs, timeZone).date)), -1));
}

/**
 * Writes to each person whose letter is due and was not sent: from Monday at 7 of their own services' zone. What the mail server could not take is
 * tried again when this is called again; what was begun is never begun again.
 */
export async function sendDueLetters(ports: WeeklyPorts): Promise<void> {
  const { db } = ports.store;
  const people = await db.selectFrom('people').select(['organisation_id', 'person_id']).execute();
  for (const { organisation_id: organisationId, person_id: personId } of people) {
    try {
      const person = await personById(db, organisationId, personId);
      if (person !== null && !person.isDeactivated) await sendIfDue(ports, person);
    } catch (error) {
      // One letter that cannot be made holds up no other.
      ports.log.error({ err: error, personId }, 'the weekly letter failed');
    }
  }
}

async function sendIfDue(ports: WeeklyPorts, person: Person): Promise<void> {
  const { store, clock, mailer } = ports;
  const scope: Scope = { reaches: await reachesOf(store.db, await grantsOf(store.db, person)) };
  const zone = (await visibleServices(store.db, scope)).find(({ status }) => status === 'active')?.timeZone;
  if (zone === undefined || !isDue(clock.now(), zone) || !(await wantsLetter(store, person))) return;
  const week = lastEndedWeek(clock.now(), zone);
  const key: JobKey = {
    organisationId: person.organisationId,
    job: JOB,
    due: week,
    subject: person.personId,
  };
  if (!(await isToDo(store.db, key))) return;
  const letter = await weeklyLetter(ports, person, scope, week);
  const html = await letterHtml(letter);
  const attempts = await beginJob(ports, key);
  if (attempts === null) return;
  const sent = await mailer.send({
    to: person.email,
    subject: letter.subject,
    text: letterText(letter),
    html,
    unsubscribeUrl: unsubscribeUrlOf(ports, person),
    messageId: `<${week}.${person.personId}@parvis>`,
  });
  if (sent.ok) await endJob(ports, key, 'done');
  else {
    const isOver = sent.error.kind === 'never' || attempts >= MOST_ATTEMPTS;
    await endJob(ports, key, isOver ? 'given-up' : 'failed', sent.error.detail);
    ports.log.error({ detail: sent.error.detail, attempts }, 'a weekly letter did not leave');
  }
}

function isDue(nowMs: number, zone: string): boolean {
  const { date, minuteOfDay } = localMoment(nowMs, zone);
  const monday = firstDayOf(weekOf(date));
  if (date === monday) return minuteOfDay >= DUE_MINUTE;
  return date < addDays(monday, DUE_DAYS);
}

function unsubscribeUrlOf({ store, config }: Pick<Deps, 'store' | 'config'>, person: Person): string {
  return `${adminOriginOf(config)}${UNSUBSCRIBE_PATH}?jeton=${unsubscribeToken(store, person)}`;
}
