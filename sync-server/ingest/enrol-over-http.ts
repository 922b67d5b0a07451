import * as v from 'valibot';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { type EnrolmentReply, enrolmentReplySchema } from '../../protocol/enrolment.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { createEnrolmentCode } from '../enrolment/codes.ts';
import type { Store } from '../store/store.ts';
import { aReport } from './a-push.ts';

/**
 * Enrols with a code at a running server, as a tablet does; for tests and benches.
 *
 * @throws Error with the server's own words where it refuses
 */
export async function enrolOverHttp(origin: string, code: string): Promise<EnrolmentReply> {
  const reply = await fetch(`${origin}/api/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, report: aReport() }),
  });
  if (reply.status !== 201) throw new Error(`The tablet was not enrolled: ${await reply.text()}`);
  return v.parse(enrolmentReplySchema, await reply.json());
}

/** Enrols a tablet of the main reception, with a code made in the server's own store. */
export async function enrolAtTownHall(store: Store, origin: string): Promise<EnrolmentReply> {
  const made = await createEnrolmentCode(store, SYSTEM_CLOCK, {
    organisationId: 'ville-de-libourne' as OrganisationId,
    pointId: 'accueil-hotel-de-ville' as PointId,
  });
  if (!made.ok) throw new Error(made.error.kind);
  return enrolOverHttp(origin, made.value.linkSecret);
}
