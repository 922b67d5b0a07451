import { mkdirSync } from 'node:fs';
import type { Chance } from './chance.ts';
import { NO_DISK_FAULTS } from './disk.ts';
import { ORGANISATION } from './foundation.ts';
import type { Network } from './network.ts';
import type { Oracle } from './oracle.ts';
import type { Happening } from './plan.ts';
import type { Server } from './server.ts';
import type { Loss } from './tablet-storage.ts';
import type { Tablet } from './tablet.ts';
import type { Timeline } from './timeline.ts';
import { wholeScope } from '../sync-server/people/scope.ts';
import { revokeEnrolment } from '../sync-server/fleet/revoke.ts';
import { eraseResponse } from '../sync-server/retention/erase-response.ts';
import { noteErasure, replayErasures } from '../sync-server/retention/erasure-journal.ts';
import type { FinishedBackup } from '../sync-server/backup/take-backup.ts';
import type { Config } from '../sync-server/config.ts';
import { noteFinishedBackup } from '../sync-server/backup/note-backup.ts';

interface Backup extends Pick<FinishedBackup, 'takenAt' | 'file' | 'marks'> {
  /** The savepoint it is. */
  readonly number: number;
}

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'backup'>;
  readonly chance: Chance;
  readonly timeline: Timeline;
  readonly server: Server;
  readonly network: Network;
  /** The tablets there are; a cloned one is added. */
  readonly tablets: readonly Tablet[];
  readonly oracle: Oracle;
  readonly say: (line: string) => void;
  /** Puts one more tablet to use. */
  readonly place: (tablet: Tablet) => Tablet;
}

const LONGEST_OFF_MS = 60_000;
/** A tablet whose storage is to be taken is looked at again after that. */
const SETTLES_MS = 2_000;
const DAY_MS = 86_400_000;
/** A minute, an hour of summer time. */
const SMALL_JUMPS_MS = [-70_000, 3_600_000, -3_600_000];
/** Of a tablet: a dead battery, a wrong year. */
const JUMPS_MS = [...SMALL_JUMPS_MS, 90 * DAY_MS, -10 * 365 * DAY_MS, 5 * 365 * DAY_MS];

/** Makes happen what a plan has in store, and puts everything right in the end. */
export class FaultMaker {
  readonly #parts: Parts;
  #backup: Backup | null = null;
  #lives = 1;
  #isPeace = false;
  /** When the server last began another life, or a tablet lost its storage: what was heard before proves nothing. */
  heardSinceMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async make(kind: Happening): Promise<void> {
    const { chance, timeline, network, server, tablets, oracle, say, place } = this.#parts;
    const tablet = chance.pick(tablets);
    switch (kind) {
      case 'reload': {
        const [page] = tablet.pages;
        if (page === undefined) return;
        say(`${tablet.name}: a page is loaded anew`);
        tablet.close(page);
        tablet.open();
        break;
      }
      case 'kill':
      case 'powerCut':
        this.bringDown(tablet, kind);
        break;
      case 'connectionLost':
        say(`${tablet.name}: the connection to the storage is lost`);
        tablet.loseConnections();
        break;
      case 'diskFull':
        say(`${tablet.name}: the disk is full`);
        tablet.disk.fullUntilMs = timeline.nowMs + chance.between(1_000, LONGEST_OFF_MS);
        break;
      case 'networkDown':
        say('the network is down');
        network.isDown = true;
        timeline.after(chance.between(1_000, LONGEST_OFF_MS), () => {
          network.isDown = false;
          say('the network is back');
          for (const one of tablets) for (const page of one.pages) page.engine.networkMayBeBack();
        });
        break;
      case 'suspicion': {
        const id = chance.pick([...tablet.disk.image.entries.keys(), null]);
        if (id === null) return;
        say(`a filter takes ${oracle.nameOf(id)} for an attack`);
        network.suspicious.add(id);
        break;
      }
      case 'serverKilled':
        server.die('by the system’s hand');
        break;
      case 'backup':
        await this.#backUp();
        break;
      case 'restore':
        await this.#restore();
        break;
      case 'erasure': {
        const id = oracle.anyStored((ids) => chance.pick(ids));
        if (id === null || !server.isUp) return;
        say(`${oracle.nameOf(id)} is erased`);
        oracle.noteErased(id);
        await this.#erase(id);
        break;
      }
      case 'tabletClock':
        tablet.calendarOffsetMs += chance.pick(JUMPS_MS);
        say(
          `${tablet.name}: its calendar is wrong by ${Math.round(tablet.calendarOffsetMs / 60_000)} minutes`,
        );
        break;
      case 'serverClock':
        server.clockOffsetMs += chance.pick(SMALL_JUMPS_MS);
        say(`the server’s clock is wrong by ${Math.round(server.clockOffsetMs / 60_000)} minutes`);
        break;
      case 'secondTab':
        say(`${tablet.name}: one more page is opened`);
        tablet.open();
        break;
      case 'clone':
        // A known limit: half an answer would be in both, and each would make another whole of it under the same number.
        if ([...tablet.disk.image.entries.values()].some(({ state }) => state === 'open')) return;
        say(`${tablet.name} is cloned`);
        place(tablet.clone(`${tablet.name}’s twin`));
        break;
      case 'storageForgotten':
      case 'databaseWiped':
      case 'databaseDestroyed':
      case 'witnessEvicted':
        this.#takeStorage(tablet, kind);
        break;
      case 'revocation': {
        const enrolmentId = tablet.enrolmentId;
        if (enrolmentId === null || !server.isUp) return;
        say(`${tablet.name}: its enrolment is revoked`);
        await this.#quietly(() =>
          revokeEnrolment({ store: server.store, clock: server.clock }, wholeScope([ORGANISATION]), {
            organisationId: ORGANISATION,
            enrolmentId,
          }),
        );
        break;
      }
    }
    oracle.checkKept(kind);
  }

  /** A tablet's browser dies, or all of it, and is there again a while later. */
  bringDown(tablet: Tablet, how: 'kill' | 'powerCut'): void {
    const { chance, timeline, oracle, say } = this.#parts;
    say(`${tablet.name}: ${how === 'kill' ? 'the browser is killed' : 'the power is cut'}`);
    if (how === 'kill') tablet.kill();
    else tablet.cutPower();
    timeline.after(chance.between(500, LONGEST_OFF_MS), () => {
      if (tablet.pages.length === 0) tablet.open();
    });
    oracle.checkKept(how);
  }

  /** Storage is taken between two starts of a tablet that was shut down as usual: of one that is killed, the witness may be a moment behind. */
  #takeStorage(tablet: Tablet, loss: Loss): void {
    const { chance, timeline, oracle, say } = this.#parts;
    if (this.#isPeace) return;
    const { enrolmentId, isSettled } = tablet;
    if (!isSettled || enrolmentId === null) {
      timeline.after(SETTLES_MS, () => this.#takeStorage(tablet, loss));
      return;
    }
    const rows = tablet.lose(loss);
    say(`${tablet.name}: ${loss}, and ${rows.length} entries with it`);
    oracle.noteLost(tablet, enrolmentId, loss, rows);
    this.heardSinceMs = timeline.nowMs;
    timeline.after(chance.between(500, LONGEST_OFF_MS), () => {
      if (tablet.pages.length === 0) tablet.open();
    });
    oracle.checkKept(loss);
  }

  /** From here on nothing goes wrong any more. */
  async makePeace(): Promise<void> {
    const { network, server, tablets } = this.#parts;
    this.#isPeace = true;
    network.isDown = false;
    server.faults = { diesBeforeCommit: 0, diesAfterCommit: 0, full: 0 };
    server.start();
    for (const tablet of tablets) {
      for (const disk of tablet.disks) {
        disk.faults = NO_DISK_FAULTS;
        disk.fullUntilMs = 0;
      }
      // A former database that could not be read is tried again at the next start, which comes with the morning.
      if (tablet.holdsFormer) tablet.kill();
      if (tablet.pages.length === 0) tablet.open();
    }
  }

  /** A copy of one instant, which counts once it is finished. */
  async #backUp(): Promise<void> {
    const { chance, timeline, server, say } = this.#parts;
    if (!server.isUp) return;
    const { storeId } = server.store;
    const backup: Backup = {
      number: server.database.backUp(),
      takenAt: new Date(server.clock.now()).toISOString(),
      file: 'a savepoint',
      marks: server.database.all<Backup['marks'][number]>(
        `select organisation_id as organisationId, enrolment_id as enrolmentId, high_water_mark as highWaterMark
          from enrolments`,
      ),
    };
    say('a backup is begun');
    timeline.after(chance.between(0, 5_000), () => {
      if (server.store.storeId !== storeId || !server.isUp) return;
      say('the backup is finished');
      this.#backup = backup;
      void timeline.whileStanding(this.#noteFinished(backup));
    });
  }

  /** The database is lost, and the last finished backup put in its place. */
  async #restore(): Promise<void> {
    const { server, timeline, say } = this.#parts;
    if (this.#backup === null) return;
    say('the database is lost; the last backup is restored');
    server.die('with its disk');
    server.database.restore(this.#backup.number);
    this.#lives += 1;
    this.heardSinceMs = timeline.nowMs;
    server.database.rename(`00000000-0000-4000-8000-${String(this.#lives).padStart(12, '0')}`);
    await this.#noteFinished(this.#backup);
    await this.#quietly(() => replayErasures(server.store, server.clock, this.#dataDir));
  }

  async #noteFinished(backup: Backup): Promise<void> {
    const { store } = this.#parts.server;
    await this.#quietly(() => noteFinishedBackup(store, { ...backup, storeId: store.storeId }));
  }

  async #erase(responseId: string): Promise<void> {
    const { server } = this.#parts;
    const erased = { organisationId: ORGANISATION, responseId };
    mkdirSync(this.#dataDir, { recursive: true });
    noteErasure({ dataDir: this.#dataDir, backup: this.#parts.config.backup }, erased);
    await this.#quietly(() => eraseResponse(server.store, server.clock, erased));
  }

  get #dataDir(): string {
    return this.#parts.config.dataDir;
  }

  /** What people do on the server’s machine is not what dies at a commit here. */
  async #quietly(work: () => Promise<unknown>): Promise<void> {
    const { database } = this.#parts.server;
    const fateOfCommit = database.fateOfCommit;
    database.fateOfCommit = () => 'commits';
    await work();
    database.fateOfCommit = fateOfCommit;
  }
}
