import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canMountDisks, createSmallDisk, sayLoudly } from '../store/test-disk.ts';
import { freePort, startProcess } from '../test-process.ts';
import {
  enrolPushingTablets,
  heldOf,
  pause,
  type PushingTablet,
  untilMore,
  sqliteIn,
} from './pushing-tablet.ts';

/** Invariant 1: a full disk is said, never hidden; and nothing that was acknowledged is lost by it. */
const SIZES_KB = process.env['PARVIS_NIGHTLY'] === '1' ? [2_048, 6_144, 16_384] : [4_096];
const ROOM_KB = 65_536;
const TABLETS = 4;
const ENTRIES_PER_PUSH = 50;
/** So often must a full disk be said before somebody makes room. */
const REFUSALS = 20;

const isPossible = canMountDisks();
if (!isPossible) sayLoudly(`T6, ${SIZES_KB.length} full disks of the server: they need root and mounts.`);

function refusalsOf(tablets: readonly PushingTablet[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { refusals } of tablets)
    for (const [status, count] of refusals) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

describe.runIf(isPossible)('a full disk', () => {
  it.for(SIZES_KB)(
    'T6 of %d kB loses nothing acknowledged, is said with 507, and is over as soon as there is room',
    { timeout: 180_000 },
    async (kilobytes, { task }) => {
      const disk = createSmallDisk(kilobytes);
      const dataDir = join(disk.folder, 'data');
      const port = await freePort();
      const server = await startProcess({ DATA_DIR: dataDir, PORT: String(port), PRINT_LINKS: 'no' });
      let isOver = false;
      try {
        const tablets = await enrolPushingTablets(await sqliteIn(dataDir), {
          origin: server.origin,
          count: TABLETS,
          perPush: ENTRIES_PER_PUSH,
        });
        const pushing = tablets.map(async (tablet) => tablet.pushUntil(() => isOver));
        const refused = () => Object.values(refusalsOf(tablets)).reduce((sum, count) => sum + count, 0);
        while (refused() < REFUSALS) await pause(10);
        const live = await fetch(`${server.origin}/health/live`);
        expect(live.status).toBe(200);

        disk.grow(ROOM_KB);
        await untilMore(tablets, TABLETS * ENTRIES_PER_PUSH);
        isOver = true;
        await Promise.all(pushing);
        const crashes = server.child.exitCode === null && server.child.signalCode === null ? 0 : 1;
        expect(crashes).toBe(0);
        server.child.kill('SIGKILL');
        await server.ended;

        const { 507: full = 0, ...others } = refusalsOf(tablets);
        expect(others).toEqual({});
        const held = await heldOf(await sqliteIn(dataDir), tablets);
        expect(held).toMatchObject({ lost: 0, twice: 0, quarantined: 0 });
        task.meta.figures = {
          fullDisks: 1,
          saidFull: full,
          serverErrors: Object.keys(others).length,
          crashes,
          ...held,
        };
      } finally {
        isOver = true;
        server.child.kill('SIGKILL');
        await server.ended;
        disk.dispose();
      }
    },
  );
});
