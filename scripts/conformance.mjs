// The conformance suite: tests that open a store, run on both databases. SQLite has them all in any case; PostgreSQL has these in every
// `npm test`, and all of them at night and with `npm run test:conformance`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.mjs';

/** Chosen for what they reach in few seconds: ingest, tallies, erasure, exports, the fleet, the town's data, the commands. */
const IN_EVERY_RUN = [
  'sync-server/audit/trail.test.ts',
  'sync-server/cli/commands.test.ts',
  'sync-server/exports/exports.test.ts',
  'sync-server/fleet/fleet.test.ts',
  'sync-server/ingest/push-properties.test.ts',
  'sync-server/ingest/push-refusals.test.ts',
  'sync-server/ingest/push.test.ts',
  'sync-server/ingest/recorded-push.test.ts',
  'sync-server/ingest/recount.test.ts',
  'sync-server/retention/erase-response.test.ts',
  'sync-server/surveys/load-town.test.ts',
];

/** A test of the suite opens whatever engine the run is on; one that names an engine compares them, or is about that one alone. */
const OPENS_A_STORE = /\bopenTest(App|Store)\(|\bopenOwnStore\(/;
/** Backups are copies of a SQLite file; PostgreSQL has its own, and another log. */
const OF_SQLITE_ALONE = ['sync-server/backup/', 'sync-server/ingest/pinned-log.test.ts'];
const NAMES_AN_ENGINE =
  /\['sqlite', 'postgres'\]|, 'postgres'\)|createTestDatabase\('|openPostgresStore|openSqliteStore/;

/**
 * @param {string} root
 * @param {boolean} isWhole
 * @returns {string[]} paths of test files
 */
export function conformanceFiles(root, isWhole) {
  const all = sourceFiles(root).filter((path) => {
    if (!path.startsWith('sync-server/') || !path.endsWith('.test.ts')) return false;
    if (OF_SQLITE_ALONE.some((folder) => path.startsWith(folder))) return false;
    const text = readFileSync(join(root, path), 'utf8');
    return OPENS_A_STORE.test(text) && !NAMES_AN_ENGINE.test(text);
  });
  const stray = IN_EVERY_RUN.filter((path) => !all.includes(path));
  if (stray.length > 0) throw new Error(`Not in the conformance suite: ${stray.join(', ')}.`);
  return isWhole ? all : IN_EVERY_RUN;
}
