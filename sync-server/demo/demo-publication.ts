import type { OrganisationId } from '../../domain/ids.ts';
import type { Clock } from '../clock.ts';
import { wholeScope } from '../people/scope.ts';
import { addImprovement } from '../publication/add-improvement.ts';
import { publishResult } from '../publication/publish-result.ts';
import type { Store } from '../store/store.ts';

/** In whose name the demonstration publishes; what nobody else wrote is removed by it. */
export const DEMO_PUBLISHER = 'Démonstration';
const MAIN_HALL = { organisationId: 'ville-de-libourne' as OrganisationId, serviceId: 'accueil-general' };
/** The newest last. */
const LINES = [
  {
    said: 'On ne sait pas à quel guichet s’adresser.',
    done: 'un panneau à l’entrée indique chaque guichet.',
  },
  { said: 'Il manque des sièges pour attendre.', done: 'six sièges ont été ajoutés près de l’accueil.' },
];

/** What the made-up main hall shows on its tablet: the result of its last quarter, and two lines of what was done. */
export async function publishDemo(deps: { readonly store: Store; readonly clock: Clock }): Promise<void> {
  const scope = wholeScope([MAIN_HALL.organisationId]);
  // A town of its own may have no such service, or too few answers there: then its tablets show nothing of the kind.
  await publishResult(deps, scope, MAIN_HALL, DEMO_PUBLISHER);
  for (const line of LINES) await addImprovement(deps, scope, MAIN_HALL, line, DEMO_PUBLISHER);
}
