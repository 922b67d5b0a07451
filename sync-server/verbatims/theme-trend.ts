import { sql } from 'kysely';
import { localMoment } from '../../domain/local-time.ts';
import { lastDay } from '../../domain/periods.ts';
import { disclosureOf, mayShowTotal } from '../../domain/small-base.ts';
import { addWeeks, firstDayOf, lastDayOf, weekOf, weeksBetween } from '../../domain/weeks.ts';
import type { ThemeTrend } from '../../protocol/themes.ts';
import type { Clock } from '../clock.ts';
import { inScope } from '../people/scope.ts';
import { periodOfText } from '../scores/framing.ts';
import type { Scope, Store } from '../store/store.ts';
import { placesOfDays } from './place.ts';
import { readThemeList } from './theme-lists.ts';

const WEEKS = 13;

/**
 * What texts were about, week by week: a quarter up to the end of a period. The small-base rule is that of every figure: of a week with too few
 * texts only their number is told, and no total that would give it away.
 */
export async function themeTrend(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  { organisationId, service, period }: { organisationId: string; service?: string; period: string },
): Promise<ThemeTrend> {
  const { db } = store;
  const { time_zone } = await db
    .selectFrom('organisations')
    .select('time_zone')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirstOrThrow();
  const today = localMoment(clock.now(), time_zone).date;
  const end = lastDay(periodOfText(period));
  // A quarter that has just begun would else be shown by its empty weeks.
  const last = weekOf(end < today ? end : today);
  const weeks = weeksBetween(addWeeks(last, 1 - WEEKS), last);
  const { first: firstPlace, last: lastPlace } = placesOfDays(firstDayOf(weeks[0] ?? last), lastDayOf(last));
  const wanted = sql`${inScope(scope, 'verbatims')}
    and verbatims.organisation_id = ${organisationId}
    and verbatims.place between ${firstPlace} and ${lastPlace}
    and verbatims.hidden_at is null
    ${service === undefined ? sql`` : sql`and verbatims.service_id = ${service}`}`;
  const { rows: bases } = await sql<{ local_date: string; texts: number }>`
    select local_date, count(*) as texts from verbatims where ${wanted} group by local_date`.execute(db);
  const { rows: found } = await sql<{ local_date: string; theme_id: string; texts: number }>`
    select verbatims.local_date, verbatim_themes.theme_id, count(*) as texts
    from verbatims
    join verbatim_themes on verbatim_themes.organisation_id = verbatims.organisation_id
      and verbatim_themes.response_id = verbatims.response_id and verbatim_themes.is_set = 1
    where ${wanted}
    group by verbatims.local_date, verbatim_themes.theme_id`.execute(db);
  const { themes } = await readThemeList(db, organisationId);
  const perWeek = weeks.map((week) => {
    const base = sumOf(bases.filter((row) => weekOf(row.local_date) === week));
    const counts = Object.fromEntries(
      themes.map(({ themeId }) => [
        themeId,
        sumOf(found.filter((row) => row.theme_id === themeId && weekOf(row.local_date) === week)),
      ]),
    );
    return { week, base, counts };
  });
  return {
    themes: themes.map(({ themeId, name }) => ({ themeId, name })),
    weeks: perWeek.map(({ week, base, counts }) => {
      const disclosure = disclosureOf(base);
      return { week, base, disclosure, counts: disclosure === 'hidden' ? null : counts };
    }),
    total: totalOf(perWeek),
  };
}

function totalOf(
  weeks: readonly { base: number; counts: Readonly<Record<string, number>> }[],
): ThemeTrend['total'] {
  const bases = weeks.map(({ base }) => base);
  const base = bases.reduce((sum, one) => sum + one, 0);
  if (!mayShowTotal(bases) || disclosureOf(base) === 'hidden') return null;
  const counts: Record<string, number> = {};
  for (const week of weeks)
    for (const [themeId, count] of Object.entries(week.counts))
      counts[themeId] = (counts[themeId] ?? 0) + count;
  return { base, counts };
}

function sumOf(rows: readonly { readonly texts: number }[]): number {
  return rows.reduce((sum, { texts }) => sum + texts, 0);
}
