import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

/** What a test has measured, by the name of the figure. */
type Figures = Readonly<Record<string, number>>;

declare module 'vitest' {
  interface TaskMeta {
    /** Set by a test that shows a promise: see `npm run promises`. */
    figures?: Figures;
  }
}

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** The number of a fault that a test, or the group it is in, carries in front: T9. */
const NUMBER = /^(T\d+)\b/;

// Loaded beside every test file: a test notes its figures on its own task, whichever room it is in and whatever runs it.
afterEach(({ task }) => {
  const path = process.env['PARVIS_FIGURES'];
  if (path === undefined || path === '') return;
  const test = [task.name, task.suite?.name ?? ''].flatMap((name) => NUMBER.exec(name)?.[1] ?? []).at(0);
  if (test === undefined) return;
  const line = {
    test,
    figures: task.meta.figures ?? {},
    name: task.name,
    file: relative(ROOT, task.file.filepath),
    isNightly: process.env['PARVIS_NIGHTLY'] === '1',
    passed: (task.result?.errors ?? []).length === 0,
  };
  appendFileSync(path, `${JSON.stringify(line)}\n`);
});
