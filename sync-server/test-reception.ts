import type { OrganisationId, PointId } from '../domain/ids.ts';
import { localMidnightMs } from '../domain/local-time.ts';
import type { OpeningHours } from '../domain/opening-hours.ts';
import type { LocalDate } from '../domain/weeks.ts';
import { DemoTablet } from './demo/demo-tablet.ts';
import { createEnrolmentCode } from './enrolment/codes.ts';
import type { TestApp } from './test-app.ts';

const HOUR_MS = 3_600_000;
const EVERY_HOUR = [{ from: '00:00', to: '24:00' }];
const NEVER_CLOSED: OpeningHours = {
  weekly: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, EVERY_HOUR])),
};

/** Visits of one day: how many gave each level of the global item (the best, where only texts are told), and what some wrote. */
export interface TestDay {
  readonly day: LocalDate;
  readonly levels?: Readonly<Record<string, number>>;
  readonly texts?: readonly string[];
  /** Hours after midnight; 11 unless said otherwise. */
  readonly hour?: number;
  /** The same day unless said otherwise. */
  readonly receivedOn?: LocalDate;
  /** What the tablet flags each of them with. */
  readonly flags?: readonly string[];
}

/** A tablet enrolled at a point of Libourne, open at any hour unless it is to close, whose answers go through the real push. */
export interface TestReception {
  readonly enrolmentId: string;
  /** Moves the server's clock to noon of each day of arrival, then back. */
  receive(...days: readonly TestDay[]): Promise<void>;
}

export async function openReception(
  { app, deps, clock }: TestApp,
  organisationId: string,
  pointId: string,
  { closes = false }: { readonly closes?: boolean } = {},
): Promise<TestReception> {
  if (!closes)
    await deps.store.db
      .updateTable('points')
      .set({ opening_hours: JSON.stringify(NEVER_CLOSED) })
      .where('point_id', '=', pointId)
      .execute();
  const made = await createEnrolmentCode(deps.store, clock, {
    organisationId: organisationId as OrganisationId,
    pointId: pointId as PointId,
  });
  if (!made.ok) throw new Error(`There is no point ${pointId}.`);
  const tablet = await DemoTablet.enrol(app, made.value.code);
  const { items } = tablet.assignment.surveyVersion;
  const global = items.find((item) => item.kind === 'rating' && item.isGlobal);
  if (global === undefined) throw new Error('The survey has no global item.');
  const at = (day: LocalDate, hour: number) =>
    localMidnightMs(day, tablet.assignment.timeZone) + hour * HOUR_MS;
  return {
    enrolmentId: tablet.enrolmentId,
    receive: async (...days) => {
      const now = clock.nowMs;
      for (const { day, levels = {}, texts = [], hour = 11, receivedOn = day, flags = [] } of days) {
        clock.nowMs = at(receivedOn, Math.max(12, hour));
        const given = Object.entries(levels).flatMap(([code, count]) => Array<string>(count).fill(code));
        const visits = Array.from({ length: Math.max(given.length, texts.length) }, (_, index) => {
          const code = given[index] ?? 'very-satisfied';
          return {
            answeredAtMs: at(day, hour),
            language: 'fr',
            disposition: 'complete' as const,
            answers: [{ itemId: global.itemId, kind: 'rating' as const, code }],
            text: texts[index] ?? null,
            durationSeconds: 9,
            flags,
          };
        });
        if (visits.length > 0) await tablet.push(visits, clock.nowMs);
      }
      clock.nowMs = now;
    },
  };
}
