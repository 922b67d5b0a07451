import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  canMountDisks,
  createLoopDisk,
  type LoopDisk,
  sayLoudly,
} from '../../sync-server/store/test-disk.ts';
import { createKeptBrowser, type KeptBrowser } from '../chromium.ts';
import { kioskOn, openEnrolledKiosk, openKiosk } from '../kiosk-page.ts';
import { startServer, type TestServer } from '../server-process.ts';
import { type ArrivingAnswers, watchAnswers } from '../stored-answers.ts';
import { countOutbox, fillOutbox, openOutboxPage, serveOutboxPage } from './serve-outbox-page.ts';

/** Invariant 1: what a visitor was shown as taken is there after the power of the tablet went. */
const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
const CONTROL_CUTS = IS_NIGHT ? 3 : 1;
const DISK_MB = 400;
/** Longer than the page of the outbox takes to get going, shorter than the kernel waits before it writes by itself. */
const FILLING_MS = 1_500;
const SENT_WITHIN_MS = 60_000;
const LEVELDB = '--disable-features=IdbSqliteBackingStore';
/** What one cut leaves behind in LevelDB does its harm at the start after the next. */
const ENGINES = [
  { name: 'LevelDB', engine: LEVELDB, cuts: IS_NIGHT ? 30 : 3 },
  { name: 'SQLite', engine: '--enable-features=IdbSqliteBackingStore', cuts: IS_NIGHT ? 30 : 1 },
];

const isPossible = canMountDisks();
if (!isPossible)
  sayLoudly(
    `T2, ${ENGINES.map(({ name, cuts }) => `${cuts} power cuts of the tablet on ${name}`).join(', ')} and ${CONTROL_CUTS} of the control: they need root and loop devices.`,
  );

let server: TestServer;
let outboxPage: Awaited<ReturnType<typeof serveOutboxPage>>;
beforeAll(async () => {
  if (isPossible) [server, outboxPage] = await Promise.all([startServer(), serveOutboxPage()]);
});
afterAll(async () => {
  await outboxPage?.close();
  await server?.dispose();
});

interface Sum {
  /** Shown as taken, by the screen or by the outbox's promise. */
  readonly acknowledged: number;
  readonly lost: number;
  /** Those of them that went through the screen: touches on faces. */
  readonly touches: number;
}

/** The browser takes every order to flush, says that it will, and does not: what it does where nobody asks. */
function deafToDurability(): void {
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode) {
    return open.call(this, stores, mode);
  };
  Object.defineProperty(IDBTransaction.prototype, 'durability', { get: () => 'strict' });
}

/** A tablet on a disk of its own, enrolled, settled, and then without its server. */
class Tablet {
  readonly #disk: LoopDisk;
  readonly #browser: KeptBrowser;
  readonly #isDeaf: boolean;
  readonly #expected: Record<string, string>[] = [];
  #touches = 0;
  #filled = 0;
  #filledLost = 0;

  constructor(disk: LoopDisk, browser: KeptBrowser, isDeaf: boolean) {
    this.#disk = disk;
    this.#browser = browser;
    this.#isDeaf = isDeaf;
  }

  static async start(engine: string, isDeaf: boolean): Promise<Tablet> {
    const disk = createLoopDisk(DISK_MB);
    const tablet = new Tablet(disk, await createKeptBrowser([engine], disk.folder), isDeaf);
    const context = await tablet.#open();
    const kiosk = await openEnrolledKiosk(context, server);
    await kiosk.beReadyOffline();
    await countOutbox(await openOutboxPage(context, outboxPage.url));
    await context.close();
    disk.settle();
    return tablet;
  }

  async #open(): Promise<BrowserContext> {
    const context = await this.#browser.open();
    if (this.#isDeaf) await context.addInitScript(deafToDurability);
    return context;
  }

  /** A visitor touches, the other page fills its outbox, the power goes, and comes back. */
  async cut(): Promise<void> {
    const context = await this.#open();
    const gone = new Promise((resolve) => context.once('close', resolve));
    const filling = await openOutboxPage(context, outboxPage.url);
    let filled = 0;
    await fillOutbox(filling, (count) => {
      filled = count;
    });
    await filling.waitForTimeout(FILLING_MS);

    const kiosk = kioskOn(await context.newPage(), server.origin);
    await kiosk.open();
    await kiosk.see('attract');
    const touched: Record<string, string> = {};
    touched[await kiosk.touchFace('very-satisfied')] = 'very-satisfied';
    touched[await kiosk.touchFace('fairly-dissatisfied')] = 'fairly-dissatisfied';
    this.#browser.freeze();
    const acknowledged = filled;
    this.#disk.freeze();
    this.#browser.kill();
    await gone;
    this.#disk.restart();
    this.#expected.push(touched);
    this.#touches += Object.keys(touched).length;
    await this.#countFilled(acknowledged);
  }

  async #countFilled(acknowledged: number): Promise<void> {
    const context = await this.#open();
    const held = await countOutbox(await openOutboxPage(context, outboxPage.url));
    await context.close();
    this.#filledLost += Math.max(0, acknowledged - held);
    this.#filled += acknowledged;
  }

  /** The server is back: what arrives is what the tablet still had. */
  async sum(arriving: ArrivingAnswers, mustBeWhole: boolean): Promise<Sum> {
    const context = await this.#open();
    const kiosk = await openKiosk(context, server.origin);
    await kiosk.see('attract');
    const wanted = this.#expected.length;
    if (mustBeWhole) await arriving.onceThereAre(wanted, SENT_WITHIN_MS);
    else await kiosk.page.waitForTimeout(8_000);
    const arrived = arriving.now().map(({ codes }) => codes);
    await context.close();
    let touchesLost = 0;
    for (const touched of this.#expected) {
      const at = arrived.findIndex((codes) =>
        Object.entries(touched).every(([itemId, code]) => codes[itemId] === code),
      );
      if (at === -1) touchesLost += Object.keys(touched).length;
      else arrived.splice(at, 1);
    }
    return {
      acknowledged: this.#filled + this.#touches,
      lost: this.#filledLost + touchesLost,
      touches: this.#touches,
    };
  }

  async dispose(): Promise<void> {
    await this.#browser.dispose();
    this.#disk.dispose();
  }
}

async function cutOften(engine: string, cuts: number, { isDeaf = false } = {}): Promise<Sum> {
  const tablet = await Tablet.start(engine, isDeaf);
  try {
    const arriving = watchAnswers(server);
    await server.stop();
    for (let cut = 0; cut < cuts; cut += 1) await tablet.cut();
    await server.start();
    return await tablet.sum(arriving, !isDeaf);
  } finally {
    await tablet.dispose();
    await server.stop();
    await server.start();
  }
}

describe.runIf(isPossible)('a power cut of the tablet', () => {
  for (const { name, engine, cuts } of ENGINES)
    it(`T2 loses nothing that was shown as taken, ${cuts} times in a row, on ${name}`, {
      timeout: 180_000 + cuts * 60_000,
    }, async ({ task }) => {
      const sum = await cutOften(engine, cuts);
      expect(sum.lost).toBe(0);
      expect(sum.touches).toBe(2 * cuts);
      expect(sum.acknowledged).toBeGreaterThan(20 * cuts);
      task.meta.figures = { cuts, ...sum };
    });

  it('T2 would be seen to lose: where the browser does not flush, the answers are gone', {
    timeout: 180_000 + CONTROL_CUTS * 60_000,
  }, async ({ task }) => {
    const { acknowledged, lost } = await cutOften(LEVELDB, CONTROL_CUTS, { isDeaf: true });
    task.meta.figures = { controlCuts: CONTROL_CUTS, controlAcknowledged: acknowledged, controlLost: lost };
    expect(lost).toBeGreaterThan(acknowledged / 2);
  });
});
