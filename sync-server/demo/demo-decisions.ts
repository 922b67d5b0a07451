import type { LocalDate } from '../../domain/weeks.ts';
import { addDays, firstDayOf, weekOf } from '../../domain/weeks.ts';
import type { Clock } from '../clock.ts';
import { readAnswers } from '../integrity/read-answers.ts';
import { signDecision, takeDecisionBack } from '../integrity/sign-decision.ts';
import type { Store } from '../store/store.ts';
import { DEMO_PUBLISHER } from './demo-publication.ts';

const ORGANISATION = 'ville-de-libourne';
const DRUMMED_WEEKS_AGO = 5;
const DRUMMED_ANSWERS = 6;
const RUN_WEEKS_AGO = 6;

/**
 * What the made-up quality team has signed: a drumming that no rule found is set aside, and a run that had been let in was set aside again. A
 * town of its own may have no such service or no such day: then nothing is signed.
 */
export async function signDecisions(
  deps: { readonly store: Store; readonly clock: Clock },
  today: LocalDate,
): Promise<void> {
  const tuesday = addDays(firstDayOf(weekOf(today)), 1 - 7 * DRUMMED_WEEKS_AGO);
  const hall = { organisationId: ORGANISATION, serviceId: 'accueil-general', date: tuesday };
  const afternoon = (await readAnswers(deps.store.db, deps.store, hall)).filter(
    ({ halfDay, isSetAside }) => halfDay === 'pm' && !isSetAside,
  );
  const drummed = afternoon.slice(0, DRUMMED_ANSWERS).map(({ reference }) => reference);
  if (drummed.length > 0)
    await signDecision(
      deps,
      hall,
      {
        kind: 'set-aside',
        references: drummed,
        reason: 'De 14 h 02 à 14 h 04, des enfants tapaient sur l’écran, dit l’agent d’accueil.',
      },
      DEMO_PUBLISHER,
    );
  const monday = addDays(firstDayOf(weekOf(today)), -7 * RUN_WEEKS_AGO);
  for (let date = monday; date < addDays(monday, 7); date = addDays(date, 1)) {
    const desk = { organisationId: ORGANISATION, serviceId: 'etat-civil', date };
    const run = (await readAnswers(deps.store.db, deps.store, desk)).filter((answer) => answer.run === 1);
    if (run.length === 0) continue;
    const signed = await signDecision(
      deps,
      desk,
      {
        kind: 'include',
        references: run.map(({ reference }) => reference),
        reason: 'Une famille nombreuse a répondu à tour de rôle, dit l’agent.',
      },
      DEMO_PUBLISHER,
    );
    if (!signed.ok) continue;
    await takeDecisionBack(
      deps,
      { ...desk, decisionId: signed.value.decisionId },
      { reason: 'Vérifié : la famille est venue un autre jour.', by: DEMO_PUBLISHER },
    );
  }
}
