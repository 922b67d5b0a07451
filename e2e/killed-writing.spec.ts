import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeptBrowser, type KeptBrowser } from './chromium.ts';
import { countOutbox, fillOutbox, openOutboxPage, serveOutboxPage } from './under-fire/serve-outbox-page.ts';

/** Invariant 1, in the middle of writing: `killed.spec.ts` kills right after a touch, when nothing is being written any more. */
const KILLS = Number(process.env['WRITING_KILLS'] ?? (process.env['PARVIS_NIGHTLY'] === '1' ? 200 : 5));
/** How much is stored before a kill, which then comes at any moment of the writing. */
const [STORED_BEFORE, MOMENT_MS] = [40, 30];
const TIMEOUT_MS = 120_000 + KILLS * 30_000;

let tablet: KeptBrowser;
let outboxPage: Awaited<ReturnType<typeof serveOutboxPage>>;
beforeAll(async () => {
  [tablet, outboxPage] = await Promise.all([createKeptBrowser(), serveOutboxPage()]);
});
afterAll(async () => {
  await tablet?.dispose();
  await outboxPage?.close();
});

it(`T1 loses nothing that was stored when the browser is killed while it writes, ${KILLS} times`, {
  timeout: TIMEOUT_MS,
}, async ({ task }) => {
  let [acknowledged, lost, held] = [0, 0, 0];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const context = await tablet.open();
    const dead = new Promise((resolve) => context.once('close', resolve));
    const page = await openOutboxPage(context, outboxPage.url);
    let stored = 0;
    await fillOutbox(page, (count) => {
      stored = count;
    });
    await expect.poll(() => stored, { timeout: 60_000 }).toBeGreaterThanOrEqual(held + STORED_BEFORE);
    await new Promise((resolve) => setTimeout(resolve, (kill % 7) * (MOMENT_MS / 7)));
    tablet.kill();
    await dead;
    const after = await tablet.open();
    const found = await countOutbox(await openOutboxPage(after, outboxPage.url));
    await after.close();
    acknowledged += stored - held;
    lost += Math.max(0, stored - found);
    held = found;
  }
  expect(lost).toBe(0);
  task.meta.figures = { kills: KILLS, acknowledged, lost };
});
