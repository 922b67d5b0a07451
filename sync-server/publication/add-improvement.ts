import { randomUUID } from 'node:crypto';
import type { ImprovementId } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ImprovementChange } from '../../protocol/publication.ts';
import { type Clock, instantOf } from '../clock.ts';
import { placeOf, visibleServices } from '../people/visible-services.ts';
import type { Scope, Store } from '../store/store.ts';

/** Adds a line to a service's tablets: what visitors said, and what was done about it. */
export async function addImprovement(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  scope: Scope,
  key: { readonly organisationId: string; readonly serviceId: string },
  { said, done, shownFrom }: ImprovementChange,
  by: string,
): Promise<Result<ImprovementId, { readonly kind: 'not-found' }>> {
  const service = (await visibleServices(store.db, scope)).find(
    (one) => one.organisationId === key.organisationId && one.serviceId === key.serviceId,
  );
  if (service === undefined) return err({ kind: 'not-found' });
  const improvementId = randomUUID() as ImprovementId;
  await store.db
    .insertInto('improvements')
    .values({
      organisation_id: key.organisationId,
      improvement_id: improvementId,
      service_id: key.serviceId,
      said,
      done,
      shown_from: shownFrom ?? placeOf([service], clock).today,
      created_at: instantOf(clock.now()),
      created_by: by,
    })
    .execute();
  return ok(improvementId);
}
