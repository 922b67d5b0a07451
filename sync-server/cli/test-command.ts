import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

/** What the command of a test has printed, and an empty folder that is the test's own. */
export interface CommandRun {
  out: string;
  err: string;
  folder: string;
}

/** Keeps what the commands of each test of a file print, and gives each a folder. Both are fresh for the next. */
export function watchCommands(): CommandRun {
  const run: CommandRun = { out: '', err: '', folder: '' };
  beforeEach(() => {
    Object.assign(run, { out: '', err: '', folder: mkdtempSync(join(tmpdir(), 'parvis-cli-')) });
    for (const [stream, name] of [
      [process.stdout, 'out'],
      [process.stderr, 'err'],
    ] as const)
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        run[name] += String(text);
        return true;
      });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(run.folder, { recursive: true, force: true });
  });
  return run;
}
