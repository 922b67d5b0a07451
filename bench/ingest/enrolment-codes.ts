import { join } from 'node:path';
import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { createEnrolmentCode } from '../../sync-server/enrolment/codes.ts';
import { DATABASE_FILE, openSqliteStore } from '../../sync-server/store/open-sqlite-store.ts';
import { loadTown } from '../../sync-server/surveys/load-town.ts';
import { readTownFile } from '../../sync-server/surveys/town-file.ts';

const TOWN_FILE = new URL('../../sync-server/surveys/libourne.json', import.meta.url).pathname;

/** Makes a fresh data directory with the town in it, and one-time codes for its active receptions, in turn. */
export async function createEnrolmentCodes(dataDir: string, count: number): Promise<readonly string[]> {
  const town = readTownFile(TOWN_FILE);
  const places = town.organisations.flatMap(({ organisationId, services }) =>
    services
      .filter(({ status }) => status === 'active')
      .flatMap(({ points }) => points.map(({ pointId }) => ({ organisationId, pointId }))),
  );
  const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
  try {
    await loadTown(store, town, SYSTEM_CLOCK);
    const codes: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const place = places[number % places.length];
      if (place === undefined) throw new Error('The town has no active reception.');
      const made = await createEnrolmentCode(store, SYSTEM_CLOCK, place);
      if (!made.ok) throw new Error(`${place.pointId}: ${made.error.kind}`);
      codes.push(made.value.linkSecret);
    }
    return codes;
  } finally {
    await store.close();
  }
}
