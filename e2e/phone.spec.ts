import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, TABLET } from './chromium.ts';
import { pressOn } from './keyboard.ts';
import { type KioskPage, kioskOn, openEnrolledKiosk } from './kiosk-page.ts';
import { type PolicyWatch, watchPolicy } from './policy-watch.ts';
import { readCode } from './read-code.ts';
import { POINT_ID, startServer, type TestServer } from './server-process.ts';
import { countedByChannel, watchAnswers } from './stored-answers.ts';
import { until } from './until.ts';

const TELEPHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  locale: 'fr-FR',
  timezoneId: 'Europe/Paris',
  reducedMotion: 'reduce',
};
/** The code comes after the first face. */
const SHOWN_WITHIN_MS = 15_000;

let browser: Browser;
let server: TestServer;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer()]);
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.dispose();
});

async function aContext(options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  contexts.push(context);
  return context;
}

async function aTablet(options: BrowserContextOptions = TABLET): Promise<KioskPage> {
  const kiosk = await openEnrolledKiosk(await aContext(options), server);
  await kiosk.page.locator('.presence-code').waitFor({ timeout: SHOWN_WITHIN_MS });
  return kiosk;
}

/** What a camera reads off the tablet. */
async function scan(kiosk: KioskPage): Promise<string> {
  const address = await readCode(kiosk.page);
  if (address === null) throw new Error('No code can be read off the screen.');
  return address;
}

interface Telephone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly visit: KioskPage;
  readonly policy: PolicyWatch;
}

/** Another visitor's own telephone, which opens an address. */
async function aTelephone(address: string): Promise<Telephone> {
  const context = await aContext(TELEPHONE);
  const policy = await watchPolicy(context, (line) => line.includes('Failed to load resource'));
  const page = await context.newPage();
  await page.goto(address);
  return { context, page, policy, visit: kioskOn(page, server.origin) };
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

describe('the code on the tablet', () => {
  it.each([
    { width: 1280, height: 800, threeCentimetres: 177 },
    { width: 1024, height: 768, threeCentimetres: 152 },
    { width: 800, height: 1280, threeCentimetres: 177 },
  ])(
    'is read off the first screen at $width × $height, covers no face and cannot be reached',
    async ({ threeCentimetres, ...viewport }) => {
      const kiosk = await aTablet({ ...TABLET, viewport });
      const address = new URL(await scan(kiosk));
      expect([address.origin, address.pathname, address.search]).toEqual([server.origin, '/visite/', '']);
      expect(address.hash).toMatch(/^#[\w-]{36}$/);
      const code = await kiosk.page.locator('.presence-code').boundingBox();
      expect(code?.width).toBeGreaterThanOrEqual(threeCentimetres);
      for (const face of await kiosk.page.locator('.level').all()) {
        const box = await face.boundingBox();
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(code?.y ?? 0);
      }
      expect(await kiosk.page.locator('.presence-place :is(a, button, input, [tabindex])').count()).toBe(0);
      expect(await kiosk.page.locator('.presence-place').innerText()).toContain(
        'Ou répondez sur votre téléphone',
      );
      const { across, down } = await kiosk.page.evaluate(() => {
        const root = document.documentElement;
        return { across: root.scrollWidth - root.clientWidth, down: root.scrollHeight - root.clientHeight };
      });
      expect([across, down]).toEqual([0, 0]);
      expect(await violationsOf(kiosk.page)).toEqual([]);
    },
  );

  it('changes while it is shown, goes during a visit and comes again after it', async () => {
    const context = await aContext(TABLET);
    await context.clock.install();
    const kiosk = await openEnrolledKiosk(context, server);
    await context.clock.runFor(2_000);
    const code = kiosk.page.locator('.presence-code path');
    await code.waitFor({ state: 'attached' });
    const first = await code.getAttribute('d');
    await context.clock.runFor(31_000);
    await until('another code', async () => (await code.getAttribute('d')) !== first);
    await kiosk.touchFace('very-satisfied');
    await expect.poll(() => code.count()).toBe(0);
    await kiosk.answerQuestions('very-satisfied');
    await kiosk.touch('Terminer sans suggestion');
    await kiosk.see('thanks');
    await kiosk.touch('Revenir au début');
    await context.clock.runFor(1_000);
    await code.waitFor({ state: 'attached' });
  });

  it('is made without network, and opens where there is one', async () => {
    const kiosk = await aTablet();
    await kiosk.beReadyOffline();
    await kiosk.page.context().setOffline(true);
    await kiosk.open();
    await kiosk.page.locator('.presence-code').waitFor({ timeout: SHOWN_WITHIN_MS });
    const phone = await aTelephone(await scan(kiosk));
    await phone.visit.see('attract');
  });
});

describe('the visit on a telephone', () => {
  it('is the tablet’s: one answer, its words sealed, counted apart', async () => {
    const kiosk = await aTablet();
    const arriving = watchAnswers(server);
    const phone = await aTelephone(await scan(kiosk));
    await phone.visit.see('attract');
    expect(new URL(phone.page.url()).hash).toBe('');
    const bodies: string[] = [];
    phone.page.on('request', (request) => bodies.push(request.postData() ?? ''));
    const text = 'Un banc devant l’entrée, s’il vous plaît';

    const given = await phone.visit.makeVisit({ code: 'fairly-satisfied', text });

    const [answer] = await arriving.onceThereAre(1);
    expect(answer).toMatchObject({
      channel: 'phone',
      disposition: 'complete',
      pointId: POINT_ID,
      language: 'fr',
      codes: given,
      text,
    });
    expect(bodies.filter((body) => body !== '')).toHaveLength(1);
    expect(bodies.join()).not.toContain('banc');
    expect(countedByChannel(server)).toMatchObject({ phone: { 'fairly-satisfied': 1 } });
    expect(phone.policy.complaints).toEqual([]);
  });

  it('leaves nothing on the telephone', async () => {
    const phone = await aTelephone(await scan(await aTablet()));
    await phone.visit.makeVisit({ code: 'very-satisfied', text: 'Merci' });
    const left = await phone.page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookie: document.cookie,
      manifest: document.querySelector('link[rel="manifest"]'),
      entries: history.length,
      address: location.href,
    }));
    expect(left).toEqual({
      local: 0,
      session: 0,
      databases: 0,
      caches: 0,
      workers: 0,
      cookie: '',
      manifest: null,
      entries: left.entries,
      address: `${server.origin}/visite/`,
    });
    expect(await phone.context.cookies()).toEqual([]);
    const page = await fetch(`${server.origin}/visite/`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const rule of [
      "worker-src 'none'",
      "manifest-src 'none'",
      "trusted-types 'none'",
      "default-src 'none'",
    ])
      expect(policy).toContain(rule);
    await phone.page.reload();
    await phone.page.getByRole('heading', { name: 'Cette page s’ouvre avec un code' }).waitFor();
  });

  it('opens once: who comes second is asked to scan the code shown now', async () => {
    const kiosk = await aTablet();
    const address = await scan(kiosk);
    await (await aTelephone(address)).visit.see('attract');
    const second = await aTelephone(address);
    await second.page.getByRole('heading', { name: 'Ce code a déjà servi' }).waitFor();
    await second.page.getByText('Scannez celui qui est affiché maintenant.').waitFor();
    expect(await violationsOf(second.page)).toEqual([]);
  });

  it('does not open with a code of a quarter of an hour ago, nor with one nobody has shown', async () => {
    const kiosk = await aTablet();
    await kiosk.beReadyOffline();
    // The tablet's clock stands a quarter of an hour back; the server has not been told of it yet.
    await kiosk.page.context().setOffline(true);
    await kiosk.page.clock.setFixedTime(Date.now() - 15 * 60_000);
    await kiosk.chooseLanguage('English');
    await kiosk.chooseLanguage('Français');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const old = await aTelephone(await scan(kiosk));
    await old.page.getByRole('heading', { name: 'Ce code est trop ancien' }).waitFor();
    const forged = await aTelephone(`${server.origin}/visite/#${'A'.repeat(36)}`);
    await forged.page.getByRole('heading', { name: 'Ce code n’est pas reconnu' }).waitFor();
  });

  it('that is walked away from leaves what was touched', async () => {
    const kiosk = await aTablet();
    const arriving = watchAnswers(server);
    const phone = await aTelephone(await scan(kiosk));
    await phone.visit.see('attract');
    await phone.visit.touchFace('very-dissatisfied');
    await phone.page.goto('about:blank');
    const [answer] = await arriving.onceThereAre(1);
    expect(answer).toMatchObject({
      channel: 'phone',
      disposition: 'partial',
      codes: { GLOB: 'very-dissatisfied' },
    });
  });

  it('says that nothing is kept while the network is away, and arrives once when it is back', async () => {
    const kiosk = await aTablet();
    const arriving = watchAnswers(server);
    const phone = await aTelephone(await scan(kiosk));
    await phone.visit.see('attract');
    await phone.visit.touchFace('very-satisfied');
    await phone.visit.answerQuestions('very-satisfied');
    await phone.context.setOffline(true);
    await phone.visit.touch('Terminer sans suggestion');
    await phone.page.getByText('rien n’est gardé sur ce téléphone').waitFor();
    expect(arriving.now()).toEqual([]);
    await phone.context.setOffline(false);
    await phone.visit.see('thanks');
    expect(await arriving.onceThereAre(1)).toMatchObject([{ disposition: 'complete' }]);
  });

  it('breaks no rule of axe, scrolls one way only and can be made by keyboard alone', async () => {
    const kiosk = await aTablet();
    const arriving = watchAnswers(server);
    const { page, visit } = await aTelephone(await scan(kiosk));
    const faults: string[] = [];
    const look = async (screen: string) => {
      for (const violation of await violationsOf(page)) faults.push(`${screen}: ${violation}`);
      const across = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (across > 0) faults.push(`${screen}: ${across} px off the side`);
    };
    await visit.see('attract');
    await look('attract');
    await pressOn(page, page.locator('.level input').first(), 'Space');
    await visit.see('question');
    await look('question');
    await visit.answerQuestions('fairly-satisfied');
    await visit.see('suggestion');
    await look('suggestion');
    await pressOn(page, page.getByRole('button', { name: 'Terminer sans suggestion' }), 'Enter');
    await visit.see('thanks');
    await look('thanks');
    expect(faults).toEqual([]);
    await arriving.onceThereAre(1);
  });
});
