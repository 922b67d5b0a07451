import type { ResponseId } from '../domain/ids.ts';
import type { VisitState } from '../domain/visit.ts';
import type { Outbox, OutboxEntry } from '../kiosk/outbox/outbox.ts';
import { ORGANISATION } from './foundation.ts';
import { LostAnswers } from './lost-answers.ts';
import type { ServerDatabase } from './server-database.ts';
import type { Loss } from './tablet-storage.ts';
import type { Tablet } from './tablet.ts';

/** What was written of one answer, in order. */
interface Written {
  /** Everything that anybody tried to write, told to a visitor or not. */
  readonly bodies: string[];
  /** Which of them a screen has shown as taken, last; −1 while none. A later one may have got through without anybody being told. */
  promised: number;
}

interface StoredResponse {
  readonly response_id: string;
  readonly answers: string;
  readonly disposition: string;
  readonly language: string;
}

/**
 * Sees everything: what each visitor was told, each disk and the server's database. It knows nothing of how they keep their promises, only what
 * the promises are. Each violation is one line that begins with the number of its invariant in `docs/sync-protocol.md`.
 */
export class Oracle {
  readonly violations: string[] = [];
  readonly #database: ServerDatabase;
  readonly #tablets: readonly Tablet[];
  readonly #lost: LostAnswers;
  readonly #written = new Map<ResponseId, Written>();
  readonly #erased = new Set<string>();
  readonly #names = new Map<string, string>();

  constructor(database: ServerDatabase, tablets: readonly Tablet[]) {
    this.#database = database;
    this.#lost = new LostAnswers(database);
    this.#tablets = tablets;
  }

  /** How many answers there have been. */
  get entries(): number {
    return this.#promisedIds().length;
  }

  /** A short name for an answer, the same in each replay. */
  nameOf(responseId: string): string {
    const name = this.#names.get(responseId) ?? `answer ${this.#names.size + 1}`;
    this.#names.set(responseId, name);
    return name;
  }

  /** Listens to what an outbox is asked and what it promises. */
  listenTo(outbox: Outbox, tell: (what: string) => void): Outbox {
    const attempt = (id: ResponseId, body: string) => {
      const written = this.#written.get(id) ?? { bodies: [], promised: -1 };
      this.#written.set(id, written);
      written.bodies.push(body);
    };
    const promise = (id: ResponseId, body: string, how: string, isKept: boolean) => {
      tell(`${this.nameOf(id)} ${how}${isKept ? '' : ': NOT KEPT'}`);
      const written = this.#written.get(id);
      if (isKept && written !== undefined) written.promised = written.bodies.lastIndexOf(body);
    };
    return {
      ...outbox,
      enqueue: async (fresh, asked) => {
        attempt(fresh.responseId, fresh.body);
        const kept = await outbox.enqueue(fresh, asked);
        promise(fresh.responseId, fresh.body, 'begun', kept.ok);
        return kept;
      },
      amend: async (entry, body) => {
        attempt(entry.responseId, body);
        const kept = await outbox.amend(entry, body);
        promise(entry.responseId, body, 'amended', kept.ok);
        return kept;
      },
      settle: async (entry, body) => {
        attempt(entry.responseId, body);
        const kept = await outbox.settle(entry, body);
        promise(entry.responseId, body, 'settled', kept.ok);
        return kept;
      },
    };
  }

  /** What a screen has just begun to show. */
  see(state: VisitState): void {
    if (state.kind !== 'asking') return;
    const shown = `"answers":${JSON.stringify(state.visit.answers)}`;
    for (const { bodies, promised } of this.#written.values())
      if (bodies[promised]?.includes(shown) === true) return;
    this.violations.push('I7: a screen shows answers that were not kept');
  }

  /** What was on a disk that is no more. */
  noteLost(tablet: Tablet, enrolmentId: string, loss: Loss, rows: readonly OutboxEntry[]): void {
    const isPromised = (id: ResponseId) => (this.#written.get(id)?.promised ?? -1) >= 0;
    this.#lost.note(
      tablet,
      enrolmentId,
      loss,
      rows.map(({ responseId: id }) => [id, isPromised(id)] as const),
    );
  }

  noteErased(responseId: string): void {
    this.#erased.add(responseId);
  }

  /** A response on the server, to be erased. */
  anyStored(pick: (ids: readonly string[]) => string): string | null {
    const ids = this.#ids('responses');
    return ids.length === 0 ? null : pick(ids);
  }

  /** I1: each answer is somewhere. */
  checkKept(when: string): void {
    const gone = this.#promisedIds().filter(
      (id) => !this.#lost.has(id) && !this.#tablets.some((tablet) => tablet.holds(id)),
    );
    if (gone.length === 0) return;
    const found = this.#serverIds();
    for (const id of gone)
      if (!found.has(id)) this.violations.push(`I1: ${this.nameOf(id)} is nowhere (${when})`);
  }

  /** I2: what a tablet forgets is on the server. */
  checkForgotten(forgotten: readonly ResponseId[]): void {
    if (forgotten.length === 0) return;
    const found = this.#serverIds();
    for (const id of forgotten)
      if ((this.#written.get(id)?.promised ?? -1) >= 0 && !found.has(id))
        this.violations.push(`I2: a tablet has forgotten ${this.nameOf(id)}, and the server has it not`);
  }

  /** What must be so once everything works again and has come to rest. */
  checkEnd(): void {
    const rows = this.#database.all<StoredResponse>(
      'select response_id, answers, disposition, language from responses where organisation_id = ?',
      ORGANISATION,
    );
    const quarantine = this.#database.all<{ response_id: string | null; body: string }>(
      'select response_id, body from quarantine where organisation_id = ?',
      ORGANISATION,
    );
    this.#checkContents(rows, quarantine);
    this.#checkOnce(rows);
    this.violations.push(...this.#lost.check(this.#serverIds()));
    for (const id of [...rows, ...quarantine].map((row) => row.response_id)) {
      if (id === null || !this.#written.has(id as ResponseId))
        this.violations.push(
          `I4: the server has ${id === null ? 'something' : this.nameOf(id)} that no tablet wrote`,
        );
      else if (this.#erased.has(id))
        this.violations.push(`I8: ${this.nameOf(id)} was erased, and is there again`);
    }
  }

  #checkContents(
    rows: readonly StoredResponse[],
    quarantine: readonly { readonly response_id: string | null; readonly body: string }[],
  ): void {
    const stored = new Map(rows.map((row) => [row.response_id, row]));
    for (const [id, { bodies, promised }] of this.#written) {
      if (this.#erased.has(id)) continue;
      const row = stored.get(id);
      const good = bodies.slice(Math.max(0, promised));
      const isStored = row !== undefined && good.some((body) => isContentOf(row, body));
      const isKeptAside = quarantine.some(
        (one) => one.response_id === id && good.some((body) => one.body.includes(body)),
      );
      if (promised >= 0 && !isStored && !isKeptAside && !this.#lost.has(id))
        this.violations.push(
          `I1: ${this.nameOf(id)} is not on the server as it was given${row === undefined ? '' : ', though something is under its name'}`,
        );
      if (row !== undefined && !bodies.some((body) => isContentOf(row, body)))
        this.violations.push(`I4: ${this.nameOf(id)} is on the server with content that nobody gave`);
    }
  }

  #checkOnce(rows: readonly StoredResponse[]): void {
    const ids = new Set(rows.map((row) => row.response_id));
    if (ids.size < rows.length)
      this.violations.push(`I3: ${rows.length - ids.size} answers are on the server twice`);
    const [counted] = this.#database.all<{ counted: number; tallied: number }>(
      `select
        (select count(*) from responses where organisation_id = ? and is_counted = 1) as counted,
        (select coalesce(sum(count), 0) from tallies
          where organisation_id = ? and grain = 'day' and item_id = '' and code in ('complete', 'partial')) as tallied`,
      ORGANISATION,
      ORGANISATION,
    );
    if (counted !== undefined && counted.counted !== counted.tallied)
      this.violations.push(`I3: ${counted.counted} answers are counted as ${counted.tallied}`);
  }

  #promisedIds(): readonly ResponseId[] {
    return [...this.#written].flatMap(([id, { promised }]) => (promised >= 0 ? [id] : []));
  }

  #serverIds(): Set<string> {
    return new Set([...this.#ids('responses'), ...this.#ids('quarantine'), ...this.#erased]);
  }

  #ids(table: 'responses' | 'quarantine'): readonly string[] {
    return this.#database
      .all<{ response_id: string | null }>(
        `select response_id from ${table} where organisation_id = ?`,
        ORGANISATION,
      )
      .flatMap(({ response_id: id }) => (id === null ? [] : [id]));
  }
}

function isContentOf({ answers, disposition, language }: StoredResponse, body: string): boolean {
  return (
    body.includes(`"answers":${answers}`) &&
    body.includes(`"disposition":"${disposition}"`) &&
    body.includes(`"language":"${language}"`)
  );
}
