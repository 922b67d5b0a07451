import * as v from 'valibot';
import { assignmentSchema } from '../../protocol/assignment.ts';
import type { HeldAssignment } from '../outbox/outbox.ts';
import type { AskServer } from './server-port.ts';

/** Fetches what the tablet shows and asks; null when there is nothing new, or nothing that can be understood: the old one stays. */
export async function pullAssignment(
  ask: AskServer,
  token: string,
  heldTag: string | null,
): Promise<HeldAssignment | null> {
  const reply = await ask({
    method: 'GET',
    path: '/api/v1/assignment',
    token,
    ...(heldTag === null ? {} : { ifNoneMatch: `"${heldTag}"` }),
  });
  if (reply?.status !== 200) return null;
  const decoded = v.safeParse(assignmentSchema, reply.json);
  return decoded.success ? { tag: tagOf(reply.header('etag')), assignment: decoded.output } : null;
}

/** The tag as a push reply writes it, without the marks of an entity tag. */
function tagOf(etag: string | null): string {
  return (etag ?? '').replace(/^W\//, '').replaceAll('"', '');
}
