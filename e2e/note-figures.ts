import { appendFileSync } from 'node:fs';
import { afterEach } from 'vitest';

/** What a test has measured, by the name of the figure. */
type Figures = Readonly<Record<string, number>>;

declare module 'vitest' {
  interface TaskMeta {
    /** Set by a test that shows a promise: see `npm run promises`. */
    figures?: Figures;
  }
}

/** The number that a test carries in front: T9. */
const NUMBER = /^(T\d+)\b/;

// Loaded beside every test file: a test notes its figures on its own task, whichever room it is in and whatever runs it.
afterEach(({ task }) => {
  const path = process.env['PARVIS_FIGURES'];
  const { figures } = task.meta;
  if (path === undefined || path === '' || figures === undefined) return;
  const names = [task.name, task.suite?.name ?? ''];
  const test = names.flatMap((name) => NUMBER.exec(name)?.[1] ?? []).at(0) ?? '';
  const isPassed = (task.result?.errors ?? []).length === 0;
  appendFileSync(path, `${JSON.stringify({ test, name: task.name, passed: isPassed, figures })}\n`);
});
