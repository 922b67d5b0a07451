import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../demo/random.ts';
import { canMountDisks, createLoopDisk, sayLoudly } from '../store/test-disk.ts';
import { freePort, holdProcess } from '../test-process.ts';
import { enrolPushingTablets, type Held, heldOf, pause, untilMore, sqliteIn } from './pushing-tablet.ts';

/** Invariant 1: what was acknowledged is there after the power went, not only after the process did. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const CUTS = Number(process.env['SERVER_CUTS'] ?? (IS_NIGHT ? 500 : 3));
const CONTROL_CUTS = IS_NIGHT ? 5 : 1;
/** Before a disk of its own grows too long to be copied. */
const CUTS_PER_DISK = 5;
const DISK_MB = 400;
const TABLETS = 8;
const ENTRIES_PER_PUSH = 100;
const AT_LEAST_PER_CUT = 2_000;
const UNFLUSHED = new URL('unflushed-commits.mjs', import.meta.url).href;
const random = seededRandom(4);

const isPossible = canMountDisks();
if (!isPossible)
  sayLoudly(
    `T4, ${CUTS} power cuts of the server and ${CONTROL_CUTS} of its control: they need root and loop devices.`,
  );

type Sum = Omit<Held, 'quarantined' | 'marks'> & { readonly resent: number };

/** One disk, one server on it, and its power cut so many times in the middle of its work. */
async function cutOften(cuts: number, env: Readonly<Record<string, string>>): Promise<Sum> {
  const disk = createLoopDisk(DISK_MB);
  const port = await freePort();
  const dataDir = join(disk.folder, 'data');
  const settings = { DATA_DIR: dataDir, PORT: String(port), PRINT_LINKS: 'no', ...env };
  let isOver = false;
  let server = await holdProcess(settings).start();
  const tablets = await enrolPushingTablets(await sqliteIn(dataDir), {
    origin: `http://127.0.0.1:${port}`,
    count: TABLETS,
    perPush: ENTRIES_PER_PUSH,
  });
  disk.settle();
  const pushing = tablets.map(async (tablet) => tablet.pushUntil(() => isOver));
  try {
    for (let cut = 0; cut < cuts; cut += 1) {
      const next = holdProcess(settings);
      await untilMore(tablets, AT_LEAST_PER_CUT);
      await pause(random() * 300);
      server.child.kill('SIGSTOP');
      disk.freeze();
      server.child.kill('SIGKILL');
      await server.ended;
      disk.restart();
      server = await next.start();
    }
    isOver = true;
    await Promise.all(pushing);
    server.child.kill('SIGKILL');
    await server.ended;
    const resent = tablets.reduce((sum, tablet) => sum + tablet.resent, 0);
    return { ...(await heldOf(await sqliteIn(dataDir), tablets)), resent };
  } finally {
    isOver = true;
    server.child.kill('SIGKILL');
    await server.ended;
    disk.dispose();
  }
}

async function cutOnSeveralDisks(cuts: number, env: Readonly<Record<string, string>> = {}): Promise<Sum> {
  let sum: Sum = { acknowledged: 0, lost: 0, twice: 0, resent: 0 };
  for (let done = 0; done < cuts; done += CUTS_PER_DISK) {
    const one = await cutOften(Math.min(CUTS_PER_DISK, cuts - done), env);
    sum = {
      acknowledged: sum.acknowledged + one.acknowledged,
      lost: sum.lost + one.lost,
      twice: sum.twice + one.twice,
      resent: sum.resent + one.resent,
    };
  }
  return sum;
}

describe.runIf(isPossible)('a power cut', () => {
  it(`T4 loses nothing acknowledged and counts nothing twice, ${CUTS} times`, {
    timeout: 120_000 + CUTS * 60_000,
  }, async ({ task }) => {
    const sum = await cutOnSeveralDisks(CUTS);
    expect(sum).toMatchObject({ lost: 0, twice: 0 });
    expect(sum.acknowledged).toBeGreaterThanOrEqual(CUTS * AT_LEAST_PER_CUT);
    task.meta.figures = { cuts: CUTS, submitted: sum.acknowledged + sum.resent, ...sum };
  });

  it('T4 would be seen to lose: a server whose commits are not flushed does', {
    timeout: 120_000 + CONTROL_CUTS * 60_000,
  }, async ({ task }) => {
    const { acknowledged, lost } = await cutOnSeveralDisks(CONTROL_CUTS, {
      NODE_OPTIONS: `--import ${UNFLUSHED}`,
    });
    task.meta.figures = { controlCuts: CONTROL_CUTS, controlAcknowledged: acknowledged, controlLost: lost };
    expect(lost).toBeGreaterThan(0);
  });
});
