import type { Transaction } from 'kysely';
import type { Entry, EntryVerdict } from '../../protocol/push.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { WantedId } from '../store/wanted-ids.ts';
import { addTallies } from './add-tallies.ts';
import {
  clockReadingsOf,
  type EnrolmentState,
  lockEnrolmentStates,
  updateEnrolments,
} from './enrolment-states.ts';
import type { Arrival, PushOutcome, PushWork } from './push-work.ts';
import { keepInQuarantine, type Quarantined } from './quarantine.ts';
import {
  type Candidate,
  candidateOf,
  erasedAmong,
  insertResponses,
  insertVerbatims,
  responseKey,
  storedHashes,
} from './response-rows.ts';
import { TallyBook } from './tallies.ts';
import type { NotUnderstood, Understood } from './understand.ts';

const OTHER_CONTENT = 'responseId: another response is stored under this id';

/**
 * Stores a group of pushes in one transaction and says what became of each entry: responses, verbatims and tallies only for rows really
 * inserted, what cannot be understood into quarantine, each tablet's marks, clock and report. When it resolves, all of it is on the disk.
 */
export async function storePushes(
  store: Store,
  works: readonly PushWork[],
): Promise<ReadonlyMap<PushWork, PushOutcome>> {
  return store.gather(async (trx) => {
    // The tablets' rows are locked first: of two processes that are sent the same tablet's answers, one waits here.
    const states = await lockEnrolmentStates(trx, works);
    const live = works.filter((work) => mayStore(work, states.get(work.device.enrolmentId)));
    const fates = await fatesOf(trx, live, candidatesOf(live, states));
    const verdicts = new Map(
      live.map((work) => [work, work.entries.map((entry) => verdictOn(work, entry, fates))]),
    );
    await keepInQuarantine(
      trx,
      live.flatMap((work) => quarantinedOf(work, verdicts.get(work) ?? [])),
    );
    await updateEnrolments(trx, live, states, (work) => acceptedOf(work, fates));
    // Last: groups that count the same things wait for each other from here to the commit, and no longer.
    await addTallies(trx, fates.counted);
    return new Map(
      works.map((work) => [work, outcomeOf(work, states.get(work.device.enrolmentId), verdicts.get(work))]),
    );
  });
}

function outcomeOf(
  work: PushWork,
  state: EnrolmentState | undefined,
  verdicts: readonly EntryVerdict[] = [],
): PushOutcome {
  if (state === undefined) return { kind: 'device-unknown' };
  if (!mayStore(work, state)) return { kind: 'device-revoked' };
  const { marks, safeThrough } = state;
  return { kind: 'stored', verdicts, highWaterMark: marks.highWaterMark, safeThrough };
}

function mayStore({ isRescue = false }: PushWork, state: EnrolmentState | undefined): boolean {
  return state !== undefined && (isRescue || !state.isRevoked);
}

/** What the store says of the group's responses, by key where not said otherwise. */
export interface Fates {
  readonly erased: ReadonlySet<string>;
  /** The very entries whose rows were inserted. */
  readonly accepted: ReadonlySet<Understood>;
  readonly stored: ReadonlyMap<string, Uint8Array>;
  /** What the accepted ones add to the tallies, by whoever inserted them and in the same transaction. */
  readonly counted: TallyBook;
}

/** A row for the first entry of each id; others of that id are compared with what is stored. */
function candidatesOf(
  works: readonly PushWork[],
  states: Awaited<ReturnType<typeof lockEnrolmentStates>>,
): ReadonlyMap<string, Candidate> {
  const candidates = new Map<string, Candidate>();
  for (const work of works) {
    const state = states.get(work.device.enrolmentId);
    if (state === undefined) continue;
    const clock = clockReadingsOf(work, state);
    for (const one of work.entries) {
      const key = keyOf(work, one);
      if (one.kind === 'understood' && key !== null && !candidates.has(key))
        candidates.set(key, candidateOf(work, one, clock));
    }
  }
  return candidates;
}

/** Inserts what is not there yet, with its words, and says what the store holds of the rest. */
export async function fatesOf(
  trx: Transaction<Tables>,
  works: readonly Arrival[],
  candidates: ReadonlyMap<string, Candidate>,
): Promise<Fates> {
  const erased = await erasedAmong(trx, idsOf(works));
  // In one order, whoever stores them: of two processes with the same answers, one waits for the other, and neither for both.
  const wanted = [...candidates].filter(([key]) => !erased.has(key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const inserted = await insertResponses(
    trx,
    wanted.map(([, candidate]) => candidate),
  );
  const accepted = wanted.filter(([key]) => inserted.has(key)).map(([, candidate]) => candidate);
  await insertVerbatims(trx, accepted);
  const others = wanted.filter(([key]) => !inserted.has(key)).map(([, { row }]) => row);
  const stored = new Map(
    await storedHashes(
      trx,
      others.map((row) => ({ organisationId: row.organisation_id, id: row.response_id })),
    ),
  );
  for (const { row } of accepted)
    stored.set(responseKey(row.organisation_id, row.response_id), row.content_hash);
  return {
    erased,
    stored,
    accepted: new Set(accepted.map(({ source }) => source)),
    counted: bookOf(accepted),
  };
}

/** What an entry is answered with. */
export function verdictOn(work: Arrival, entry: Understood | NotUnderstood, fates: Fates): EntryVerdict {
  const key = keyOf(work, entry);
  if (entry.kind === 'not-understood') {
    const { responseId, reason } = entry;
    return key !== null && fates.erased.has(key)
      ? { responseId, verdict: 'erased' }
      : { responseId, verdict: 'quarantined', reason };
  }
  const { responseId } = entry.entry;
  if (key !== null && fates.erased.has(key)) return { responseId, verdict: 'erased' };
  if (fates.accepted.has(entry)) return { responseId, verdict: 'accepted' };
  const stored = key === null ? undefined : fates.stored.get(key);
  return stored !== undefined && Buffer.compare(stored, entry.contentHash) === 0
    ? { responseId, verdict: 'duplicate' }
    : { responseId, verdict: 'quarantined', reason: OTHER_CONTENT };
}

function acceptedOf({ entries }: PushWork, { accepted }: Fates): readonly Entry[] {
  return entries.flatMap((one) => (one.kind === 'understood' && accepted.has(one) ? [one.entry] : []));
}

function quarantinedOf(work: PushWork, verdicts: readonly EntryVerdict[]): Quarantined[] {
  return work.entries.flatMap((entry, index) => {
    const verdict = verdicts[index];
    return verdict?.verdict === 'quarantined' ? [{ work, entry, reason: verdict.reason ?? '' }] : [];
  });
}

function bookOf(accepted: readonly Candidate[]): TallyBook {
  const book = new TallyBook();
  for (const { row, answers, surveyVersion } of accepted)
    if (row.is_counted === 1) book.count({ ...row, answers }, surveyVersion);
  return book;
}

function keyOf({ device }: Arrival, entry: Understood | NotUnderstood): string | null {
  const responseId = entry.kind === 'understood' ? entry.entry.responseId : entry.responseId;
  return responseId === null ? null : responseKey(device.organisationId, responseId);
}

function idsOf(works: readonly Arrival[]): readonly WantedId[] {
  return works.flatMap(({ device: { organisationId }, entries }) =>
    entries.flatMap((one) => {
      const id = one.kind === 'understood' ? one.entry.responseId : one.responseId;
      return id === null ? [] : [{ organisationId, id }];
    }),
  );
}
