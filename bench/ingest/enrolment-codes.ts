import { SYSTEM_CLOCK } from '../../sync-server/clock.ts';
import { createEnrolmentCode } from '../../sync-server/enrolment/codes.ts';
import { openStore } from '../../sync-server/store/open-store.ts';
import { loadTown } from '../../sync-server/surveys/load-town.ts';
import { readTownFile } from '../../sync-server/surveys/town-file.ts';

const TOWN_FILE = new URL('../../sync-server/surveys/libourne.json', import.meta.url).pathname;

/** Makes a fresh store with the town in it, and one-time codes for its active receptions, in turn. */
export async function createEnrolmentCodes(
  place: { readonly dataDir: string; readonly databaseUrl: string | null },
  count: number,
): Promise<readonly string[]> {
  const town = readTownFile(TOWN_FILE);
  const places = town.organisations.flatMap(({ organisationId, services }) =>
    services
      .filter(({ status }) => status === 'active')
      .flatMap(({ points }) => points.map(({ pointId }) => ({ organisationId, pointId }))),
  );
  const store = await openStore(place, SYSTEM_CLOCK);
  try {
    await loadTown(store, town, SYSTEM_CLOCK);
    const codes: string[] = [];
    for (let number = 0; number < count; number += 1) {
      const point = places[number % places.length];
      if (point === undefined) throw new Error('The town has no active reception.');
      const made = await createEnrolmentCode(store, SYSTEM_CLOCK, point);
      if (!made.ok) throw new Error(`${point.pointId}: ${made.error.kind}`);
      codes.push(made.value.linkSecret);
    }
    return codes;
  } finally {
    await store.close();
  }
}
