import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from './root.mjs';

/** What takes longest, the longest first: begun last, one of them would keep one processor waiting for the other. */
const LONG = [
  'simulation/simulation.test.ts',
  'e2e/staff.spec.ts',
  'e2e/suggestion.spec.ts',
  'e2e/escape-crawl.spec.ts',
  'e2e/accessibility.spec.ts',
  'e2e/killed.spec.ts',
  'e2e/languages.spec.ts',
  'e2e/update-damaged.spec.ts',
  'e2e/comfort.spec.ts',
  'sync-server/ingest/killed-server.test.ts',
  'simulation/mutations.test.ts',
  'scripts/check.test.ts',
];

/** Vitest's own order, but for the files that are known to be long: it cannot know them on a machine that has never run them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONG.indexOf(relative(ROOT, moduleId));
      return index < 0 ? LONG.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
