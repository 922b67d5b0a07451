import type { ExportProgress } from '../../../protocol/exports.ts';
import { ProblemError } from '../../problems.ts';
import type { RunningExport } from './run-export.ts';

/** Each is a process: a town asks for one a week. */
const AT_ONCE = 2;
const RETRY_AFTER_SECONDS = 20;
const REMEMBERED = 50;

/** The exports that are being written by this server, and how far the last ones came. */
export class RunningExports {
  readonly #known = new Map<string, { readonly personId: string; readonly progress: () => ExportProgress }>();
  #running = 0;

  /**
   * Takes a place among those that are written at once.
   *
   * @returns gives the place back
   * @throws ProblemError when all are taken
   */
  take(): () => void {
    if (this.#running >= AT_ONCE)
      throw new ProblemError('overloaded', {
        detail: 'Other exports are being written.',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    this.#running += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#running -= 1;
      isTaken = false;
    };
  }

  /** Lets whoever asked for it follow it, under the name they gave it. */
  follow(exportId: string, personId: string, { total, rows }: RunningExport): void {
    this.#known.set(exportId, { personId, progress: () => ({ rows: rows(), total }) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }

  /** null where this server writes none of that name for this person. */
  progressOf(exportId: string, personId: string): ExportProgress | null {
    const known = this.#known.get(exportId);
    return known === undefined || known.personId !== personId ? null : known.progress();
  }
}
