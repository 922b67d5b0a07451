import * as v from 'valibot';
import { assignmentSchema } from '../../protocol/assignment.ts';
import type { AssignmentLack } from '../kiosk.ts';
import type { Enrolment, HeldAssignment } from '../outbox/outbox.ts';
import type { Clock, Randomness } from '../ports.ts';
import { backoffMs } from './backoff.ts';
import type { AskServer } from './server-port.ts';

interface PullPorts {
  readonly ask: AskServer;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** null where there is no enrolment to pull for. */
  readonly place: () => { readonly enrolment: Enrolment; readonly held: HeldAssignment | null } | null;
  readonly onPulled: (held: HeldAssignment) => Promise<void>;
  /** There is still nothing to ask; called each time it was asked for in vain. */
  readonly onLacking: (lack: AssignmentLack) => void;
}

export interface AssignmentPull {
  /** Fetches what the tablet shows and asks. A tablet that has nothing yet goes on trying. */
  pull(): Promise<void>;
  stop(): void;
}

/** Keeps what can be understood of what the server assigns; until there is, the old assignment stays. */
export function createAssignmentPull(ports: PullPorts): AssignmentPull {
  const { clock } = ports;
  let running: Promise<void> | null = null;
  let failures = 0;
  let isStopped = false;
  let callOff: (() => void) | null = null;

  async function pullOnce(): Promise<void> {
    callOff?.();
    const place = ports.place();
    if (place === null) return;
    const pulled = await fetchAssignment(ports.ask, place.enrolment.token, place.held?.tag ?? null);
    // An answer for a place that the tablet has left meanwhile says nothing of the new one.
    if (isStopped || ports.place()?.enrolment !== place.enrolment) return;
    if (typeof pulled === 'object') {
      failures = 0;
      await ports.onPulled(pulled);
    } else if (place.held === null) {
      ports.onLacking(pulled);
      failures += 1;
      const pauseMs = backoffMs(failures, null, () => ports.randomness.number());
      callOff = clock.after(pauseMs, () => void pull());
    }
  }

  function pull(): Promise<void> {
    running ??= pullOnce().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    pull,
    stop() {
      isStopped = true;
      callOff?.();
    },
  };
}

async function fetchAssignment(
  ask: AskServer,
  token: string,
  heldTag: string | null,
): Promise<HeldAssignment | AssignmentLack> {
  const reply = await ask({
    method: 'GET',
    path: '/api/v1/assignment',
    token,
    ...(heldTag === null ? {} : { ifNoneMatch: `"${heldTag}"` }),
  });
  // A page of a proxy's own is not JSON: only the server's word counts.
  if (reply?.json === undefined) return 'unreached';
  switch (reply.status) {
    case 200: {
      const decoded = v.safeParse(assignmentSchema, reply.json);
      return decoded.success
        ? { tag: tagOf(reply.header('etag')), assignment: decoded.output }
        : 'notUnderstood';
    }
    case 401:
    case 403:
      return 'revoked';
    case 404:
      return 'noQuestionnaire';
    default:
      return 'unreached';
  }
}

/** The tag as a push reply writes it, without the marks of an entity tag. */
function tagOf(etag: string | null): string {
  return (etag ?? '').replace(/^W\//, '').replaceAll('"', '');
}
