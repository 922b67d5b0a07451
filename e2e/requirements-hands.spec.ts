import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { DOUBLE_TAP_MS } from '../kiosk/visit/double-tap.ts';
import { onEachSize } from './each-size.ts';
import { type Hands, handsOn, type Spot } from './hands.ts';
import { pressOn, tabTo } from './keyboard.ts';
import type { KioskPage } from './kiosk-page.ts';
import type { TestServer } from './server-process.ts';
import { watchAnswers } from './stored-answers.ts';

/** Slower than a browser's idea of a touch: hands that shake or tire take their time. */
const SLOW_TOUCH_MS = 1_500;
/** Long enough for an answer to have shown, had there been one. */
const NOTHING_FOLLOWS_MS = 400;

onEachSize((fresh) => {
  let tablet: BrowserContext;
  let kiosk: KioskPage;
  let page: Page;
  let server: TestServer;
  let hands: Hands;

  beforeEach(async () => {
    ({ tablet, kiosk, page, server } = fresh());
    hands = await handsOn(page);
  });

  async function middleOf(selector: string): Promise<Spot> {
    const box = await page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`${selector} is not shown.`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  const face = (code: string) => middleOf(`label:has(input[value="${code}"])`);

  it('T07 every level and every button can be reached and chosen with Tab and Space alone, as a switch does', async () => {
    const arriving = watchAnswers(server);
    const given: Record<string, string> = {};
    const wanted = ['very-dissatisfied', 'fairly-satisfied', 'not-applicable', 'fairly-dissatisfied'];
    for (const code of wanted) {
      const itemId = await kiosk.itemId();
      await pressOn(page, page.locator(`fieldset[data-item="${itemId}"] input[value="${code}"]`), 'Space');
      await page.locator(`fieldset[data-item="${itemId}"]`).waitFor({ state: 'detached' });
      given[itemId] = code;
    }
    await kiosk.see('suggestion');
    await pressOn(page, page.getByRole('button', { name: 'Modifier' }), 'Space');
    await kiosk.see('question');
    const last = await kiosk.itemId();
    await pressOn(page, page.locator('input[value="very-satisfied"]'), 'Space');
    given[last] = 'very-satisfied';
    await kiosk.see('suggestion');
    await pressOn(page, page.getByRole('button', { name: 'Terminer sans suggestion' }), 'Space');
    await kiosk.see('thanks');
    await pressOn(page, page.getByRole('button', { name: 'Revenir au début' }), 'Space');
    await kiosk.see('attract');
    expect((await arriving.onceThereAre(1))[0]).toMatchObject({ disposition: 'complete', codes: given });
  });

  it('T07 Tab goes round everything on a screen, backwards too, and is caught nowhere', async () => {
    // The code for telephones comes a moment after the faces.
    await page.getByText('Ou répondez sur votre téléphone').waitFor();
    const stops = async (key: 'Tab' | 'Shift+Tab') => {
      const seen = new Set<string>();
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press(key);
        seen.add(
          await page.evaluate(() => {
            const { activeElement } = document;
            // Past the last thing and before the first the browser itself has the focus.
            if (activeElement === document.body) return 'BODY';
            return `${activeElement?.tagName} ${activeElement?.getAttribute('value') ?? activeElement?.textContent}`;
          }),
        );
      }
      return seen;
    };
    const controls = await page.locator('[data-screen] :is(button, input)').count();
    const [onward, back] = [await stops('Tab'), await stops('Shift+Tab')];
    expect(onward.size).toBeGreaterThanOrEqual(controls);
    expect([...back].toSorted()).toEqual([...onward].toSorted());
  });

  it('T09 a finger put down answers nothing; taken off beside the face, or on another, it answers nothing either', async () => {
    const arriving = watchAnswers(server);
    const session = await tablet.newCDPSession(page);
    const [chosen, other] = [await face('very-satisfied'), await face('very-dissatisfied')];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [chosen] });
    await page.waitForTimeout(NOTHING_FOLLOWS_MS);
    await kiosk.see('attract');
    await session.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
    for (const end of [other, { x: 3, y: 3 }]) {
      await hands.swipe(chosen, end);
      await page.mouse.move(chosen.x, chosen.y);
      await page.mouse.down();
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
    }
    await page.waitForTimeout(NOTHING_FOLLOWS_MS);
    await kiosk.see('attract');
    expect(await page.locator('input:checked').count()).toBe(0);
    expect(arriving.now()).toEqual([]);
  });

  it('T09 a slow finger answers when it is taken off, once', async () => {
    const first = await kiosk.itemId();
    await hands.hold(await face('fairly-satisfied'), SLOW_TOUCH_MS);
    await kiosk.see('question');
    expect(await kiosk.itemId()).not.toBe(first);
    await hands.hold(await middleOf('footer .button'), SLOW_TOUCH_MS);
    await kiosk.see('question');
    await expect.poll(() => kiosk.itemId()).toBe(first);
    await expect.poll(() => kiosk.face('fairly-satisfied').locator('input').isChecked()).toBe(true);
  });

  it('T09 « Modifier » changes any answer until the thanks, by single touches alone', async () => {
    const arriving = watchAnswers(server);
    await kiosk.touchFace('very-dissatisfied');
    await kiosk.answerQuestions('fairly-dissatisfied');
    await kiosk.see('suggestion');
    for (let step = 0; step < 4; step += 1) {
      const before = await page.locator('[data-item]').getAttribute('data-item');
      // Sooner, it is the second half of a double tap.
      await page.waitForTimeout(DOUBLE_TAP_MS);
      await kiosk.touch('Modifier');
      await page.locator(`[data-item="${before}"]`).waitFor({ state: 'detached' });
    }
    expect(await page.getByRole('button', { name: 'Modifier' }).count()).toBe(0);
    await kiosk.touchFace('very-satisfied');
    const given = await kiosk.answerQuestions('very-satisfied');
    await kiosk.touch('Terminer sans suggestion');
    await kiosk.see('thanks');
    expect(await page.getByRole('button', { name: 'Modifier' }).count()).toBe(0);
    const [answer] = await arriving.onceThereAre(1);
    expect(Object.values(answer?.codes ?? {})).toEqual(Array.from({ length: 4 }, () => 'very-satisfied'));
    expect(answer?.codes).toMatchObject(given);
  });

  it('T12 one question a screen, progress in words as a status, the focus on the question', async () => {
    const headed = async () => {
      const heading = page.getByRole('heading', { level: 1 });
      expect(await heading.count()).toBe(1);
      await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.locator('[data-item]').count()).toBe(1);
      return heading.innerText();
    };
    const status = () => page.locator('.progress [role="status"]').innerText();
    const asked = new Set([await headed()]);
    for (let question = 2; question <= 4; question += 1) {
      await kiosk.touchFace('very-satisfied');
      asked.add(await headed());
      expect(await status()).toBe(`Question ${question} sur 4`);
    }
    await kiosk.touchFace('very-satisfied');
    asked.add(await headed());
    expect(await status()).toMatch(/\S/);
    expect(asked.size).toBe(5);
  });

  it('T18 tells of its accessibility on the first screen, and what to do about it, without leaving the page', async () => {
    await page.getByText('Accessibilité : non conforme').waitFor();
    const address = page.url();
    await tabTo(page, page.getByRole('button', { name: /^Accessibilité/ }));
    await page.getByRole('button', { name: /^Accessibilité/ }).tap();
    const panel = page.getByRole('dialog', { name: /Accessibilité/ });
    await panel.waitFor();
    const told = await panel.innerText();
    expect(told).toContain('RGAA 4.1.2');
    expect(told).toContain('aucun audit');
    expect(told).toContain('/admin/accessibilite');
    expect(told).toContain('Défenseur des droits');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('dialog') !== null))
      .toBe(true);
    await panel.getByRole('button', { name: 'Fermer' }).tap();
    await panel.waitFor({ state: 'detached' });
    await kiosk.see('attract');
    expect(page.url()).toBe(address);
    expect((await fetch(`${server.origin}/admin/accessibilite`)).status).toBe(200);
  });
});
