import * as v from 'valibot';
import type { BootId, ResponseId } from '../../domain/ids.ts';
import { assignmentSchema } from '../../protocol/assignment.ts';
import { type EntryStore, NO_COUNTERS } from './entry-store.ts';
import {
  type Enrolment,
  type KnownStore,
  MAX_RETAINED_DAYS,
  type Outbox,
  type OutboxEntry,
  type OutboxMemory,
  type OutboxStatus,
} from './outbox.ts';

// What each operation of the outbox does within one transaction. Done twice, each comes to the same.

/** What has been retained for one turn goes at the end of the next. */
const AGEING_MS = (MAX_RETAINED_DAYS * 86_400_000) / 2;

export async function recall(open: EntryStore): Promise<OutboxMemory> {
  return open.read(async () => {
    const [enrolment, store, held, counters] = await Promise.all([
      open.setting('enrolment'),
      open.setting('store'),
      open.setting('assignment'),
      open.setting('counters'),
    ]);
    // An assignment kept by another version of the kiosk may not fit this one: it is fetched again.
    const fits = held !== null && v.is(assignmentSchema, held.assignment);
    return { enrolment, store, assignment: fits ? held : null, asked: counters?.asked ?? null };
  });
}

export function peek(
  open: EntryStore,
  limit: number,
  setAside: ReadonlySet<ResponseId>,
): Promise<readonly OutboxEntry[]> {
  return open.read(() => {
    const waiting = open.inState('pending');
    const offered =
      setAside.size === 0 ? waiting : waiting.filter((entry) => !setAside.has(entry.responseId));
    return offered.limit(limit).toArray();
  });
}

export async function reoffer(open: EntryStore): Promise<number> {
  if ((await open.read(() => open.inState('retained').count())) === 0) return 0;
  return open.write(() => open.inState('retained').modify({ state: 'pending' }));
}

export function statusOf(open: EntryStore): Promise<OutboxStatus> {
  return open.read(async () => {
    const [waiting, oldest, retained] = await Promise.all([
      open.inState('pending').count(),
      open.inState('pending').first(),
      open.inState('retained').count(),
    ]);
    return { waiting, oldestAt: oldest?.createdAt ?? null, retained };
  });
}

export function enrol(open: EntryStore, enrolment: Enrolment, store: KnownStore): Promise<void> {
  return open.write(async () => {
    const entries = await open.entries.toArray();
    const inOrder = entries.sort((a, b) => a.sequence - b.sequence);
    const renumbered = inOrder.map((entry, index) => ({
      ...entry,
      sequence: index + 1,
      state: entry.state === 'retained' ? ('pending' as const) : entry.state,
    }));
    const counters = (await open.setting('counters')) ?? NO_COUNTERS;
    const { enrolmentId } = enrolment;
    await Promise.all([
      open.entries.bulkPut(renumbered),
      open.settings.bulkPut([
        { key: 'enrolment', value: enrolment },
        { key: 'store', value: store },
        { key: 'counters', value: { ...counters, enrolmentId, lastSequence: renumbered.length } },
      ]),
      open.settings.delete('assignment'),
      open.settings.delete('aged'),
    ]);
  });
}

export async function settleAbandoned(
  open: EntryStore,
  isAlive: Parameters<Outbox['settleAbandoned']>[0],
): Promise<number> {
  const left = await open.read(() => open.inState('open').count());
  if (left === 0) return 0;
  return open.write(async () => {
    const [entries, counters] = await Promise.all([open.inState('open').toArray(), open.setting('counters')]);
    const { openBy } = counters ?? NO_COUNTERS;
    const ownerOf = new Map(
      Object.entries(openBy).map(([boot, id]): [ResponseId, BootId] => [id, boot as BootId]),
    );
    const abandoned = entries.filter(
      ({ responseId, createdAt }) => !isAlive({ bootId: ownerOf.get(responseId) ?? null, createdAt }),
    );
    const stillOpen = entries.filter((entry) => !abandoned.includes(entry)).map((entry) => entry.responseId);
    const living = Object.entries(openBy).filter(([, id]) => stillOpen.includes(id));
    await Promise.all([
      open.entries.bulkPut(abandoned.map((entry) => ({ ...entry, state: 'pending' as const }))),
      open.settings.put({
        key: 'counters',
        value: { ...(counters ?? NO_COUNTERS), openBy: Object.fromEntries(living) },
      }),
    ]);
    return abandoned.length;
  });
}

export async function acknowledge(open: EntryStore, sent: readonly OutboxEntry[]): Promise<void> {
  if (sent.length === 0) return;
  await open.write(async () => {
    const kept = await open.entries.bulkGet(sent.map((entry) => entry.responseId));
    const released = kept.flatMap((entry, index) =>
      entry !== undefined && entry.state === 'pending' && entry.body === sent[index]?.body
        ? [{ ...entry, state: 'retained' as const }]
        : [],
    );
    await open.entries.bulkPut(released);
  });
}

export async function releaseSafe(
  open: EntryStore,
  safeThrough: number,
  { maxRetained, atMs }: { maxRetained: number; atMs: number },
): Promise<void> {
  const [safe, retained, aged] = await open.read(() =>
    Promise.all([
      open.inState('retained', safeThrough).count(),
      open.inState('retained').count(),
      open.setting('aged'),
    ]),
  );
  const excess = Math.max(0, retained - maxRetained);
  const isDue = aged === null || atMs - aged.sinceMs >= AGEING_MS;
  if (safe === 0 && excess === 0 && !isDue) return;
  await open.write(async () => {
    const tooOld = isDue ? (aged?.through ?? 0) : 0;
    await open.inState('retained', Math.max(safeThrough, tooOld)).delete();
    const beyond = await open.inState('retained').limit(excess).primaryKeys();
    await open.entries.bulkDelete(beyond);
    if (!isDue) return;
    const { lastSequence } = (await open.setting('counters')) ?? NO_COUNTERS;
    await open.settings.put({ key: 'aged', value: { through: lastSequence, sinceMs: atMs } });
  });
}

export async function probe(open: EntryStore): Promise<void> {
  const mark = Math.random();
  await open.write(() => keep(open.settings.put({ key: 'probe', value: mark })));
  const readBack = await open.read(() => open.setting('probe'));
  if (readBack !== mark) throw new Error('probe');
  await open.write(() => open.settings.delete('probe'));
}

/** Forgets what a write returns. */
export function keep(written: PromiseLike<unknown>): PromiseLike<void> {
  return written.then(() => undefined);
}
