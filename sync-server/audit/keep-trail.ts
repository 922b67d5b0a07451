import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { AuditAction } from '../../protocol/audit.ts';
import type { AppDeps } from '../app-deps.ts';
import { type Clock, instantOf } from '../clock.ts';
import { organisationsOf } from '../people/scope.ts';
import type { SignedIn } from '../people/sessions.ts';
import { visibleServices } from '../people/visible-services.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { storeWithin, together } from '../store/together.ts';
import { recordEntries, type TrailDetail, type TrailEntry } from './record-entry.ts';
import '../operation.ts';

/** What a handler knows of what it did, beyond the address it was called at. */
export interface TrailNote {
  readonly organisationIds?: readonly string[];
  readonly subject?: string;
  readonly serviceId?: string;
  readonly detail?: TrailDetail;
}

declare module 'fastify' {
  interface FastifyRequest {
    trailNote?: TrailNote;
    /** What was done is in the trail already, stored with it. */
    isInTrail?: boolean;
  }
}

/** Which parameter of an address names what was acted upon, and as what the trail knows it. */
const SUBJECTS: Readonly<Record<string, string>> = {
  responseId: 'response',
  enrolmentId: 'tablet',
  improvementId: 'improvement',
  personId: 'person',
  sessionId: 'session',
};
/** Identities and periods of ours look like this; whatever else stands in an address may be words. */
const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const READING = new Set(['GET', 'HEAD']);
const PERIOD = /^\d{4}(-W\d{2}|-Q\d|-\d{2})?$/;

/**
 * Notes in the audit trail what the routes of this scope were used for, each as its operation says. What was read is noted before the reply
 * leaves: nothing is shown that the trail does not know of. What was changed has been noted by {@link changing}, in the same transaction.
 */
export function keepTrail(scope: FastifyInstance, { store, clock }: AppDeps): void {
  scope.addHook('onSend', async (request, reply) => {
    if (request.isInTrail === true || !wasDone(reply) || trailOf(request) === null) return;
    // A fault of ours, which every test of such a route meets.
    if (!READING.has(request.method))
      throw new Error(
        `${request.method} ${request.routeOptions.url ?? ''} changes something apart from its entry.`,
      );
    await keepEntries(store.db, clock, request);
  });
}

/**
 * Changes something and notes it in the trail as the route's operation says, in one transaction: both are stored or neither is. What is
 * thrown takes back both.
 *
 * @param work the change, with everything it is given reading and writing in that transaction
 */
export async function changing<Deps extends { readonly store: Store; readonly clock: Clock }, Outcome>(
  deps: Deps,
  request: FastifyRequest,
  work: (within: Deps) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await together(deps.store.db, async (trx) => {
    const done = await work({ ...deps, store: storeWithin(deps.store, trx) });
    await keepEntries(trx, deps.clock, request);
    return done;
  });
  request.isInTrail = true;
  return outcome;
}

async function keepEntries(db: Kysely<Tables>, clock: Clock, request: FastifyRequest): Promise<void> {
  const action = trailOf(request);
  const { signedIn } = request;
  if (action === null || signedIn === undefined) return;
  const entries = await ofKnownServices(db, signedIn, entriesOf(request, signedIn, action));
  await recordEntries(db, instantOf(clock.now()), entries);
}

function trailOf({ routeOptions, signedIn }: FastifyRequest): AuditAction | null {
  const operation = routeOptions.config.operation;
  return operation?.caller === 'person' && signedIn !== undefined ? operation.trail : null;
}

/** Tells the trail what a request was about, in place of what its address would tell. */
export function noteTrail(request: FastifyRequest, note: TrailNote): void {
  request.trailNote = note;
}

function wasDone({ statusCode }: FastifyReply): boolean {
  return statusCode >= 200 && statusCode < 400;
}

function entriesOf(request: FastifyRequest, signedIn: SignedIn, action: AuditAction): readonly TrailEntry[] {
  const note = request.trailNote ?? {};
  const params = namesIn(request.params);
  const query = namesIn(request.query);
  const serviceId = note.serviceId ?? params['serviceId'] ?? query['service'] ?? '';
  const reached = organisationsOf(signedIn.scope);
  const named =
    note.organisationIds ?? [params['organisationId'], query['organisation']].flatMap(known(reached));
  const organisationIds = named.length > 0 ? named : reached;
  const [subject] = Object.entries(SUBJECTS).flatMap(([name, kind]) =>
    params[name] === undefined ? [] : [`${kind}:${params[name]}`],
  );
  const detail: TrailDetail = {
    ...(action === 'export-made' ? { file: request.routeOptions.url?.split('/').at(-1) ?? '' } : {}),
    ...(PERIOD.test(query['period'] ?? '') ? { period: query['period'] ?? '' } : {}),
    ...note.detail,
  };
  const { person } = signedIn;
  return (organisationIds.length > 0 ? organisationIds : [person.organisationId]).map((organisationId) => ({
    organisationId,
    person,
    action,
    subject: note.subject ?? subject ?? '',
    serviceId,
    detail,
  }));
}

/** A service is told where there is one of that name: whatever else was asked for may be words. */
async function ofKnownServices(
  db: Kysely<Tables>,
  { scope }: SignedIn,
  entries: readonly TrailEntry[],
): Promise<readonly TrailEntry[]> {
  if (entries.every(({ serviceId = '' }) => serviceId === '')) return entries;
  const services = await visibleServices(db, scope);
  return entries.map(({ serviceId, ...entry }) =>
    services.some((one) => one.organisationId === entry.organisationId && one.serviceId === serviceId)
      ? { ...entry, ...(serviceId === undefined ? {} : { serviceId }) }
      : entry,
  );
}

function known(reached: readonly string[]) {
  return (id: string | undefined) => (id !== undefined && reached.includes(id) ? [id] : []);
}

/** What of an address' parameters is a name of ours. */
function namesIn(parameters: unknown): Readonly<Record<string, string | undefined>> {
  if (typeof parameters !== 'object' || parameters === null) return {};
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => typeof value === 'string' && IDENTITY.test(value)),
  );
}
