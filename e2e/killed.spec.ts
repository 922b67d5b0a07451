import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeptBrowser, type KeptBrowser } from './chromium.ts';
import { visitAtFullSpeed } from './full-speed.ts';
import { type KioskPage, openEnrolledKiosk, openKiosk } from './kiosk-page.ts';
import { startServer, type TestServer } from './server-process.ts';
import { countedByCode, watchAnswers } from './stored-answers.ts';

const IS_NIGHT = process.env['PARVIS_NIGHTLY'] === '1';
/** With the server up, and as often with the server down. */
const KILLS = Number(process.env['TABLET_KILLS'] ?? (IS_NIGHT ? 200 : 10));
/** What a tablet has thanked for before it is killed: more of it by night. */
const VISITS_BEFORE_A_KILL = Number(process.env['VISITS_BEFORE_A_KILL'] ?? (IS_NIGHT ? 19 : 0));
const ANSWERS = KILLS * (1 + VISITS_BEFORE_A_KILL);
const CODES = ['very-satisfied', 'fairly-satisfied', 'fairly-dissatisfied', 'very-dissatisfied'] as const;
const SENT_WITHIN_MS = 120_000;
const TIMEOUT_MS = 120_000 + KILLS * 10_000 + ANSWERS * 3_000;

let tablet: KeptBrowser;
let server: TestServer;

beforeAll(async () => {
  [tablet, server] = await Promise.all([createKeptBrowser(), startServer()]);
  const context = await tablet.open();
  const kiosk = await openEnrolledKiosk(context, server);
  await kiosk.beReadyOffline();
  await context.close();
});
afterAll(async () => {
  await tablet?.dispose();
  await server?.dispose();
});

/**
 * Touches a face, and kills every process of the browser in the very turn in which the page reports that the next question has been painted.
 */
async function touchAndDie(context: BrowserContext, kiosk: KioskPage, code: string): Promise<void> {
  const dead = new Promise((resolve) => context.once('close', resolve));
  await kiosk.page.exposeBinding('nextQuestionPainted', () => tablet.kill());
  await kiosk.page.evaluate(() => {
    const watch = () => {
      if (document.querySelector('[data-screen="question"]') === null) {
        requestAnimationFrame(watch);
        return;
      }
      // The frame that shows the question has been handed over when the one after it begins.
      requestAnimationFrame(() =>
        (window as unknown as { nextQuestionPainted(): void }).nextQuestionPainted(),
      );
    };
    requestAnimationFrame(watch);
  });
  // The browser dies under this touch.
  await Promise.race([
    kiosk
      .face(code)
      .tap()
      .catch(() => undefined),
    dead,
  ]);
  await dead;
}

async function touchAndDieOften(times: number): Promise<Record<string, number>> {
  const touched: Record<string, number> = {};
  for (let round = 0; round < times; round += 1) {
    const code = CODES[round % CODES.length] ?? 'very-satisfied';
    const context = await tablet.open();
    if (VISITS_BEFORE_A_KILL > 0) await context.clock.install();
    const kiosk = await openKiosk(context, server.origin);
    await kiosk.see('attract');
    await visitAtFullSpeed(kiosk, { first: round * VISITS_BEFORE_A_KILL, count: VISITS_BEFORE_A_KILL });
    await touchAndDie(context, kiosk, code);
    touched[code] = (touched[code] ?? 0) + 1;
    if (VISITS_BEFORE_A_KILL > 0)
      touched['fairly-satisfied'] = (touched['fairly-satisfied'] ?? 0) + VISITS_BEFORE_A_KILL;
  }
  return touched;
}

/** Starts the tablet again, as somebody at the desk would, and leaves it on. */
async function comeBack(): Promise<BrowserContext> {
  const context = await tablet.open();
  const kiosk = await openKiosk(context, server.origin);
  await kiosk.see('attract');
  return context;
}

function countByCode(codes: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code ?? 'none'] = (counts[code ?? 'none'] ?? 0) + 1;
  return counts;
}

it(
  `T1 loses and doubles nothing when the browser is killed right after the touch, ${KILLS} times, with the server up`,
  async ({ task }) => {
    const arriving = watchAnswers(server);
    const touched = await touchAndDieOften(KILLS);
    const context = await comeBack();
    const answers = await arriving.onceThereAre(ANSWERS, SENT_WITHIN_MS);
    await context.close();
    expect(countByCode(answers.map(({ codes }) => codes['GLOB']))).toEqual(touched);
    expect(new Set(answers.map(({ disposition }) => disposition))).toEqual(
      new Set(VISITS_BEFORE_A_KILL > 0 ? ['complete', 'partial'] : ['partial']),
    );
    expect(countedByCode(server)).toEqual(touched);
    task.meta.figures = { kills: KILLS, acknowledged: ANSWERS, lost: ANSWERS - answers.length };
  },
  TIMEOUT_MS,
);

it(
  `T1 loses and doubles nothing when the browser is killed right after the touch, ${KILLS} times, with the server down`,
  async ({ task }) => {
    const arriving = watchAnswers(server);
    await server.stop();
    const touched = await touchAndDieOften(KILLS);
    await server.start();
    const context = await comeBack();
    const answers = await arriving.onceThereAre(ANSWERS, SENT_WITHIN_MS);
    await context.close();
    expect(countByCode(answers.map(({ codes }) => codes['GLOB']))).toEqual(touched);
    expect(new Set(answers.map(({ responseId }) => responseId)).size).toBe(ANSWERS);
    task.meta.figures = { kills: KILLS, acknowledged: ANSWERS, lost: ANSWERS - answers.length };
  },
  TIMEOUT_MS,
);
