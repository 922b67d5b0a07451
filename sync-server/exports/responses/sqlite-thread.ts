import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SEPARATOR, type StoredBatch } from './stored-batch.ts';

const START = new URL('sqlite-thread-start.mjs', import.meta.url);
/** It hands on what it has read, and keeps nothing. */
const MEMORY = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 48 };

interface ColumnQuestion {
  readonly kind: 'column';
  readonly text: string;
  readonly values: readonly string[];
}

/** The responses of a page, and what belongs to those between its first and its last. */
interface BatchQuestion {
  readonly kind: 'batch';
  readonly organisationId: string;
  readonly page: string;
  /** Of the page, without the last one, which is `after`. */
  readonly values: readonly string[];
  readonly after: string;
  readonly texts: string;
  readonly decisions: string;
}

/** With the identity of its last response; null where there is none. */
export type ReadBatch = StoredBatch & { readonly last: string | null };

/** Reads a SQLite file in a thread of its own: what has been read is written while the next is read, which is half of the work each. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;

  constructor(file: string) {
    this.#worker = new Worker(START, {
      workerData: { file, separator: SEPARATOR },
      execArgv: [],
      resourceLimits: MEMORY,
    });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', resolve));
  }

  async column<Value>(text: string, values: readonly string[]): Promise<readonly Value[]> {
    return this.#ask<readonly Value[]>({ kind: 'column', text, values });
  }

  async batch(question: Omit<BatchQuestion, 'kind'>): Promise<ReadBatch> {
    return this.#ask<ReadBatch>({ kind: 'batch', ...question });
  }

  async close(): Promise<void> {
    this.#tell({ kind: 'close' });
    await this.#ended;
  }

  /** One question at a time. */
  async #ask<Answer>(question: ColumnQuestion | BatchQuestion): Promise<Answer> {
    const answered = once(this.#worker, 'message');
    this.#tell(question);
    const [reply] = (await answered) as [{ readonly answer: Answer } | { readonly failure: string }];
    if ('failure' in reply) throw new Error(reply.failure);
    return reply.answer;
  }

  #tell(message: ColumnQuestion | BatchQuestion | { readonly kind: 'close' }): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(message);
  }
}
