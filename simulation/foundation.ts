import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { OrganisationId, PointId } from '../domain/ids.ts';
import { createSealingKey, sealingKeysOf } from '../sync-server/assignment/sealing-keys.ts';
import { readConfig } from '../sync-server/config.ts';
import { createEnrolmentCode } from '../sync-server/enrolment/codes.ts';
import { loadTown } from '../sync-server/surveys/load-town.ts';
import { readTownFile } from '../sync-server/surveys/town-file.ts';
import { createChance } from './chance.ts';
import type { Image } from './disk.ts';
import { Network } from './network.ts';
import { type DatabaseVariation, ServerDatabase } from './server-database.ts';
import { BEGIN_MS, Server } from './server.ts';
import { Tablet } from './tablet.ts';
import { Timeline } from './timeline.ts';

export const ORGANISATION = 'ville-de-libourne' as OrganisationId;
const POINT = 'accueil-hotel-de-ville' as PointId;
const LIBOURNE = new URL('../sync-server/surveys/libourne.json', import.meta.url).pathname;
const FIRST_STORE_ID = '00000000-0000-4000-8000-000000000001';
const TABLETS = 3;
const SPARE_CODES = 12;
/** Codes are good for an hour; the ones of a run are made ahead of time, so that no jump of a clock spoils them. */
const CODES_MADE_MS = BEGIN_MS + 400 * 86_400_000;
const SETTLING_MS = 60_000;

/** What every run begins with: a server with its town, and tablets that have been enrolled and know what to ask. */
export interface Foundation {
  readonly database: ServerDatabase;
  readonly config: ConstructorParameters<typeof Server>[3];
  readonly images: readonly Image[];
  /** Empties the journal of erasures, which is a file beside the database. */
  readonly forgetErasures: () => void;
  /** Each good for one more enrolment. */
  readonly codes: readonly string[];
}

/** Lays it once; runs build on it and leave it as it was. */
export async function layFoundation(variation: DatabaseVariation = {}): Promise<Foundation> {
  const database = new ServerDatabase(new Date(BEGIN_MS).toISOString(), variation);
  database.rename(FIRST_STORE_ID);
  // Kept in memory where that can be: nothing here is meant to outlive the run.
  const folder = join(
    existsSync('/dev/shm') ? '/dev/shm' : tmpdir(),
    `parvis-simulation-${process.pid}-${threadId}`,
  );
  const forgetErasures = () => rmSync(folder, { recursive: true, force: true });
  const read = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  if (!read.ok) throw new Error(read.error.join('\n'));
  const config = { config: read.value, sealingKeys: sealingKeysOf([createSealingKey(BEGIN_MS)]) };
  const timeline = new Timeline();
  const chance = createChance(1);
  const server = new Server(database, timeline, chance, config);
  await loadTown(database.open(), readTownFile(LIBOURNE), server.clock);
  const codes: string[] = [];
  for (let count = 0; count < TABLETS + SPARE_CODES; count += 1) {
    const place = { organisationId: ORGANISATION, pointId: POINT };
    const code = await createEnrolmentCode(database.open(), { now: () => CODES_MADE_MS }, place);
    if (!code.ok) throw new Error(code.error.kind);
    codes.push(code.value.linkSecret);
  }
  server.start();
  const network = new Network(timeline, chance, server);
  const images: Image[] = [];
  for (const code of codes.slice(0, TABLETS)) {
    const tablet = new Tablet('new', {
      timeline,
      chance,
      network,
      spoiltTexts: 0,
      storeId: () => FIRST_STORE_ID,
      hasLocks: true,
      wrapOutbox: (outbox) => outbox,
      wrapFetch: (fetcher) => fetcher,
      wrapWitness: (witness) => witness,
      wrapPlace: (place) => place,
      nameOfDatabase: (name) => name,
    });
    const page = tablet.open();
    await timeline.runUntil(timeline.nowMs + 1_000);
    void page.engine.enrol(code);
    await timeline.runUntil(timeline.nowMs + SETTLING_MS);
    if (page.engine.view.kind !== 'serving') throw new Error(`A new tablet is ${page.engine.view.kind}.`);
    tablet.kill();
    images.push(tablet.disk.image);
  }
  return { database, config, images, forgetErasures, codes: codes.slice(TABLETS) };
}
