import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable } from 'node:stream';
import { err, ok, type Result } from '../../../domain/result.ts';
import { programme } from '../../programme.ts';
import { impatientStream } from './impatient-stream.ts';
import type { ResponsesNews, ResponsesRequest } from './request.ts';

const PROGRAMME = programme('export-process', import.meta.url);
/** Visitors come first. */
export const LOW_PRIORITY = 10;
/**
 * Enough to write from; what it does not need it shall not hold. Its garbage is its own thread's work: others would take both processors for it,
 * and waiting for them costs more than they save where it comes after everybody else.
 */
const MEMORY = [
  '--max-semi-space-size=8',
  '--initial-old-space-size=48',
  '--max-old-space-size=112',
  '--single-threaded-gc',
];
const WORDS_KEPT = 2_000;
/** A download that takes nothing for so long is ended: others wait for its place, and the database keeps for it what it would else let go. */
const PATIENCE_MS = 120_000;

/** A file on its way out. */
export interface RunningExport {
  readonly total: number;
  /** Ends with the file, and breaks where the file could not be finished. */
  readonly content: Readable;
  /** Rows written so far. */
  rows(): number;
  /** Resolves when the process is gone, whatever became of the file. */
  readonly ended: Promise<void>;
  /** Ends the work; nothing happens where it is over. */
  cancel(): void;
}

/**
 * Starts writing; resolves when it is known how many rows there are, or that they are too many for the format.
 *
 * @param patienceMs how long whoever asked for it may take nothing of what is ready
 */
export async function runExport(
  request: ResponsesRequest,
  patienceMs = PATIENCE_MS,
): Promise<
  Result<RunningExport, { readonly kind: 'too-many'; readonly total: number; readonly most: number }>
> {
  const child = spawn(process.execPath, [...MEMORY, ...PROGRAMME], {
    // One heap of the C library for its threads: each of its own would keep some megabytes of what passes from one to the other.
    env: { ...process.env, MALLOC_ARENA_MAX: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) lower(child.pid);
  const complaint = lastWords(child);
  let rows = 0;
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const first = new Promise<Exclude<ResponsesNews, { kind: 'written' }>>((resolve, reject) => {
    child.on('message', (news: ResponsesNews) => {
      if (news.kind === 'written') rows = news.rows;
      else resolve(news);
    });
    ended.then(
      () => reject(new Error(`The export ended before it began: ${complaint()}`)),
      (error: unknown) => reject(error as Error),
    );
  });
  child.send(request);
  const news = await first;
  if (news.kind === 'too-many') {
    child.kill('SIGKILL');
    return err(news);
  }
  const content = impatientStream(patienceMs);
  child.stdout?.pipe(content, { end: false });
  // Only a process that has done all of it ends the file; any other end breaks it, so that nobody takes a part for the whole.
  ended.then(
    (code) =>
      code === 0 ? content.end() : content.destroy(new Error(`The export broke off: ${complaint()}`)),
    (error: unknown) => content.destroy(error as Error),
  );
  content.once('close', () => child.kill('SIGKILL'));
  return ok({
    total: news.total,
    content,
    rows: () => rows,
    ended: ended.then(
      () => undefined,
      () => undefined,
    ),
    cancel: () => void content.destroy(),
  });
}

function lower(pid: number): void {
  try {
    setPriority(pid, LOW_PRIORITY);
  } catch (error) {
    // It has ended already, or this account may not: then it runs as everybody else does.
    if (!(error instanceof Error)) throw error;
  }
}

function lastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = (words + String(chunk)).slice(-WORDS_KEPT);
  });
  return () => words.trim() || 'it said nothing.';
}
