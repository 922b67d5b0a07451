import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { CLOSING_MS } from '../kiosk/visit/idle-clock.ts';
import { onEachSize } from './each-size.ts';
import type { KioskPage } from './kiosk-page.ts';
import type { TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

const EXTENSIONS = 11;

onEachSize(
  (fresh) => {
    let tablet: BrowserContext;
    let kiosk: KioskPage;
    let page: Page;
    let server: TestServer;

    beforeEach(() => {
      ({ tablet, kiosk, page, server } = fresh());
    });

    const isAsked = async () => (await page.getByRole('alertdialog').count()) === 1;

    it('T08 asks after a minute, waits half a minute, and goes on as often as it is told to', async () => {
      await kiosk.touchFace('fairly-satisfied');
      const itemId = await kiosk.itemId();
      for (let extension = 0; extension < EXTENSIONS; extension += 1) {
        await tablet.clock.fastForward(58_000);
        expect(await isAsked()).toBe(false);
        await tablet.clock.fastForward(3_000);
        await page.getByRole('alertdialog', { name: 'Voulez-vous continuer' }).waitFor();
        await tablet.clock.fastForward(28_000);
        expect(await isAsked()).toBe(true);
        await kiosk.touch('Oui, continuer');
        await page.getByRole('alertdialog').waitFor({ state: 'detached' });
        await expect.poll(() => kiosk.itemId()).toBe(itemId);
      }
    });

    it('T08 wipes what was typed when nobody answers, and keeps what was touched', async () => {
      const arriving = watchAnswers(server);
      const first = await kiosk.touchFace('fairly-satisfied');
      const others = await kiosk.answerQuestions('very-satisfied');
      await kiosk.see('suggestion');
      await kiosk.type('Resté en plan');
      await tablet.clock.fastForward(61_000);
      await page.getByRole('alertdialog').waitFor();
      expect(await page.getByRole('alertdialog').innerText()).toContain('30');
      await tablet.clock.fastForward(31_000);
      await kiosk.see('attract');
      expect(await page.content()).not.toContain('Resté en plan');
      const [answer] = await arriving.onceThereAre(1);
      expect(answer).toMatchObject({
        disposition: 'partial',
        text: null,
        codes: { [first]: 'fairly-satisfied', ...others },
      });
    });

    it('T13 thanks for ten seconds, and says in words that the answer is kept', async () => {
      await kiosk.touchFace('very-satisfied');
      await kiosk.touch('Terminer');
      await kiosk.see('thanks');
      expect(await page.getByRole('status').innerText()).toMatch(/enregistré|gardé|conservé/);
      await tablet.clock.fastForward(8_500);
      await kiosk.see('thanks');
      await tablet.clock.fastForward(2_000);
      await kiosk.see('attract');
    });

    it('T13 thanks until somebody touches it, and no longer', async () => {
      await kiosk.touchFace('very-satisfied');
      await kiosk.touch('Terminer');
      await kiosk.see('thanks');
      await tablet.clock.fastForward(CLOSING_MS);
      await page.getByRole('button', { name: 'Revenir au début' }).waitFor();
      await page.locator('[data-screen="thanks"] header').tap();
      await kiosk.see('attract');
    });
  },
  { isClockHeld: true },
);
