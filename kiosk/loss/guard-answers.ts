import type { Engine } from '../engine-ports.ts';
import type { GuardedStore } from '../outbox/entry-store.ts';
import type { Enrolment, HeldAssignment } from '../outbox/outbox.ts';
import { watch } from '../outbox/watchdog.ts';
import type { Witness } from '../outbox/witness.ts';
import type { Clock } from '../ports.ts';
import { afterLoss, beginAnew } from './new-epoch.ts';
import { readSoundRows } from './sound-rows.ts';
import { sweepFormer } from './sweep-former.ts';
import type { WitnessPlace } from './witness-places.ts';
import { type WitnessRecord, latestRecord, readRecord } from './witness-record.ts';

export interface GuardPorts {
  readonly engine: Pick<Engine, 'view' | 'memory' | 'subscribe' | 'networkMayBeBack' | 'noteError'>;
  readonly openDatabase: (name: string) => GuardedStore;
  /** The names of the databases there are; null where the browser does not tell. */
  readonly databaseNames: () => Promise<readonly string[] | null>;
  /** What this page has opened. */
  readonly databaseName: string;
  readonly clock: Clock;
  readonly places: readonly WitnessPlace[];
  /** Where the assignment is kept beside the database, so that the tablet asks on without network too. */
  readonly assignmentPlace: WitnessPlace;
  readonly witness: Witness;
  /** Has the next page open this database; says whether it will. */
  readonly chooseDatabase: (name: string) => boolean;
  readonly reload: () => void;
}

/** A finger comes first: the engine that writes a witness down would keep the answers of somebody quick waiting. */
const MIRROR_MS = 1_000;
const AGAIN_MS = 1_000;
/** Once may be a moment's trouble, or a slow machine. */
const UNREADABLE_TIMES = 2;
const READ_LIMIT_MS = 5_000;

/**
 * Keeps the witness up to date, and where the database has lost what the witness knows of, has the loss told and the tablet go on.
 *
 * ```
 *  database           witness             then
 *  enrolled, whole    —                   the witness is brought up to date
 *  enrolled, fewer    counted further     the loss is told; the tablet goes on where it is
 *  enrolled, damaged  —                   what can be read goes to a new database
 *  empty              knows an enrolment  the enrolment goes on in a new database
 *  cannot be read     knows an enrolment  the same, once a new database is seen to work
 *  another one        names the one in use  the page opens that one
 * ```
 *
 * A page is loaded anew only while nobody is in a visit.
 */
export function guardAnswers(ports: GuardPorts): () => void {
  const { engine, clock } = ports;
  let record: WitnessRecord | null = null;
  let mirrored = '';
  let isInspected = false;
  let failures = 0;
  let isBusy = false;
  let isLeaving = false;
  let isStopped = false;
  let callOffMirror: (() => void) | null = null;
  let callOffLook: (() => void) | null = null;

  async function begin(): Promise<void> {
    const kept = await Promise.all(ports.places.map(async (place) => readRecord(await place.read())));
    record = latestRecord(kept);
    // A place that has lost it, or fell behind, has it again.
    if (record !== null) await keep(record);
    look();
  }

  async function keep(next: WitnessRecord): Promise<void> {
    record = next;
    const text = JSON.stringify(next);
    await Promise.all(ports.places.map(async (place) => place.write(text)));
  }

  function onChange(): void {
    look();
    callOffMirror ??= clock.after(MIRROR_MS, () => {
      callOffMirror = null;
      void mirror();
    });
  }

  function look(): void {
    if (isBusy || isStopped || isLeaving) return;
    isBusy = true;
    callOffLook?.();
    callOffLook = null;
    void act()
      .catch(() => engine.noteError('loss-not-settled'))
      .finally(() => {
        isBusy = false;
        // What is not settled is looked at again; everything else changes the view.
        if (isUnsettled() && !isStopped) callOffLook = clock.after(AGAIN_MS, look);
      });
  }

  async function act(): Promise<void> {
    const { view, memory } = engine;
    if (record !== null && record.database !== ports.databaseName && !isNews(memory?.enrolment))
      return leaveFor(record);
    if (view.kind === 'outOfOrder') return lookIntoFault(view.reason);
    if (memory === null) return;
    if (memory.enrolment !== null) return isInspected ? undefined : inspect(memory.enrolment);
    if (view.kind === 'unenrolled' && !view.isEnrolling && record !== null)
      await goOnAnew(record, 'emptied', []);
  }

  function isUnsettled(): boolean {
    const { view, memory } = engine;
    if (record !== null && (view.kind === 'outOfOrder' || view.kind === 'unenrolled')) return true;
    return memory?.enrolment != null && !isInspected;
  }

  /** A tablet that was given another place since the record was made. */
  function isNews(enrolment: Enrolment | null | undefined): boolean {
    return enrolment != null && enrolment.enrolmentId !== record?.enrolmentId;
  }

  async function lookIntoFault(reason: string): Promise<void> {
    if (record === null || reason === 'storage-full' || reason === 'storage-notDurable') return;
    const found = await reading(async (db) => db.read(() => db.setting('enrolment')));
    if (found.kind !== 'done') {
      // A page that has had its storage gets it back, or is loaded anew; one that never had it will not.
      if (engine.memory === null && isUnreadable()) await goOnAnew(record, 'unreadable', []);
      return;
    }
    if (found.value === null) await goOnAnew(record, 'emptied', []);
  }

  async function inspect(enrolment: Enrolment): Promise<void> {
    const known = isNews(enrolment) || record === null ? firstRecord(enrolment) : record;
    // Before the rows are read: what was witnessed was committed, so that it must be among them.
    const witnessed = Math.max(known.lastSequence, ports.witness.lastSequence(enrolment.enrolmentId));
    const found = await reading(async (db) => ({
      counters: await db.read(() => db.setting('counters')),
      ...(await readSoundRows(db)),
    }));
    if (found.kind !== 'done') {
      // What hangs is not lost: it may be the disk that is full.
      if (found.kind === 'failed' && isUnreadable()) await goOnAnew(known, 'unreadable', []);
      return;
    }
    const { rows, counters, isDamaged } = found.value;
    const through = Math.max(witnessed, counters?.lastSequence ?? 0);
    const told = Math.max(engine.memory?.store?.highWaterMark ?? 0, ...throughs(known));
    const here = new Set(rows.map(({ sequence }) => sequence));
    const isThinned = someMissing(told, through, here);
    isInspected = true;
    if (isDamaged) return goOnAnew({ ...known, lastSequence: through }, 'thinned', rows);
    ports.witness.remember(enrolment.enrolmentId, through);
    await keep(
      isThinned
        ? afterLoss(known, { throughSequence: through, noticedAt: now(), cause: 'thinned' })
        : { ...known, revision: known.revision + 1, lastSequence: through },
    );
    if (isThinned) {
      await reading((db) => countOnFrom(db, enrolment, through));
      engine.networkMayBeBack();
    }
    if ((await sweepFormer(ports)) > 0) engine.networkMayBeBack();
  }

  function isUnreadable(): boolean {
    failures += 1;
    return failures >= UNREADABLE_TIMES;
  }

  function firstRecord({ enrolmentId, token }: Enrolment): WitnessRecord {
    const storeId = engine.memory?.store?.storeId ?? null;
    const { databaseName: database } = ports;
    const revision = (record?.revision ?? 0) + 1;
    return { revision, enrolmentId, token, storeId, lastSequence: 0, database, epoch: 1, losses: [] };
  }

  async function goOnAnew(
    from: WitnessRecord,
    cause: string,
    rows: Parameters<typeof beginAnew>[3]['rows'],
  ): Promise<void> {
    const throughSequence = Math.max(from.lastSequence, ports.witness.lastSequence(from.enrolmentId));
    const loss = { throughSequence, noticedAt: now(), cause };
    const assignment = JSON.parse((await ports.assignmentPlace.read()) ?? 'null') as HeldAssignment | null;
    const begun = await watch(
      clock,
      READ_LIMIT_MS,
      beginAnew(ports.openDatabase, from, loss, { rows, assignment }),
    );
    // No database works: a full disk, a lost connection. It is tried again while storage is out of order.
    if (begun.kind !== 'done') return;
    ports.witness.remember(from.enrolmentId, throughSequence);
    await keep(begun.value);
    leaveFor(begun.value);
  }

  function leaveFor({ database }: WitnessRecord): void {
    if (isLeaving || isStopped) return;
    isLeaving = ports.chooseDatabase(database);
    if (isLeaving) leave();
    else engine.noteError('database-not-chosen');
  }

  function leave(): void {
    const { view } = engine;
    if (view.kind === 'serving' && view.visit.kind !== 'attracting') clock.after(AGAIN_MS, leave);
    else ports.reload();
  }

  /** Reads this page's database over a connection of its own; the page's may be lost. */
  async function reading<Value>(task: (db: GuardedStore) => Promise<Value>) {
    const db = ports.openDatabase(ports.databaseName);
    const found = await watch(clock, READ_LIMIT_MS, task(db));
    db.close();
    return found;
  }

  /** Another page of this tablet may have gone on in a new database: this one follows, and writes nothing of its own over that. */
  async function followOthers(): Promise<void> {
    const heard = readRecord((await ports.places[0]?.read()) ?? null);
    if (record === null || heard === null || heard.enrolmentId !== record.enrolmentId) return;
    if (heard.revision < record.revision || heard.database === record.database) return;
    record = heard;
    look();
  }

  async function mirror(): Promise<void> {
    await followOthers();
    if (record !== null && record.database !== ports.databaseName) return;
    const { memory } = engine;
    if (memory?.enrolment == null || record === null || !isInspected || isLeaving) return;
    const { enrolmentId, token } = memory.enrolment;
    const before = isNews(memory.enrolment) ? firstRecord(memory.enrolment) : record;
    const storeId = memory.store?.storeId ?? null;
    const lastSequence = Math.max(before.lastSequence, ports.witness.lastSequence(enrolmentId));
    const isSame = before === record && lastSequence === before.lastSequence && storeId === before.storeId;
    if (!isSame) await keep({ ...before, token, storeId, lastSequence, revision: before.revision + 1 });
    const tag = memory.assignment?.tag ?? '';
    if (tag === mirrored || memory.assignment === null) return;
    await ports.assignmentPlace.write(JSON.stringify(memory.assignment));
    mirrored = tag;
  }

  function now(): string {
    return new Date(clock.now()).toISOString();
  }

  void begin().catch(() => engine.noteError('witness-not-read'));
  const unsubscribe = engine.subscribe(onChange);
  return () => {
    isStopped = true;
    unsubscribe();
    callOffMirror?.();
    callOffLook?.();
  };
}

function throughs({ losses }: WitnessRecord): number[] {
  return losses.map(({ throughSequence }) => throughSequence);
}

function someMissing(from: number, through: number, here: ReadonlySet<number>): boolean {
  for (let sequence = from + 1; sequence <= through; sequence += 1) if (!here.has(sequence)) return true;
  return false;
}

async function countOnFrom(db: GuardedStore, { enrolmentId }: Enrolment, through: number): Promise<void> {
  await db.write(async () => {
    const counters = (await db.setting('counters')) ?? { asked: null, openBy: {}, lastSequence: 0 };
    const lastSequence = Math.max(counters.lastSequence, through);
    await db.settings.put({ key: 'counters', value: { ...counters, enrolmentId, lastSequence } });
  });
}
