import type { Browser } from 'playwright-core';
import { periodBefore, periodContaining, periodToText } from '../../domain/periods.ts';
import type { TestServer } from '../../e2e/server-process.ts';
import { openWebView, type WebView } from '../../e2e/web-view.ts';
import { shoot, shootSection } from './shoot.ts';

/** A desk, a small one, and a telephone. */
const DESKS = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

/** The pages of whoever works with the figures, the public page and the Monday letter, each at three widths. */
export async function takeWebView(browser: Browser, server: TestServer): Promise<void> {
  const view = await openWebView(browser, server);
  await choosePassword(view);
  const period = await lastWeek(view);
  const pages = {
    week: `?period=${period}`,
    service: `services/ville-de-libourne/etat-civil?period=${period}`,
    integrity: `integrite?period=${period}`,
    verbatims: `verbatims?period=${period}&state=all`,
    tablets: 'tablettes',
    moderation: 'moderation',
    attendance: 'frequentation',
    comparison: `comparer?period=${period}`,
    themes: 'themes',
    publication: 'affichage',
    trail: 'journal',
    exports: 'exports',
    people: 'personnes',
    account: 'compte',
  };
  for (const [width, height] of DESKS) {
    await view.page.setViewportSize({ width, height });
    const nameOf = (name: string): string => (width === DESKS[0][0] ? name : `${name}-${width}`);
    for (const [name, path] of Object.entries(pages)) {
      await view.goTo(path);
      await shoot(view.page, nameOf(name));
      if (name === 'service') await shootSection(view.page, nameOf('half-days'), 'demi-journees');
    }
    for (const [name, path] of Object.entries(PLAIN_PAGES)) {
      await view.page.goto(`${server.origin}${path}`);
      await shoot(view.page, nameOf(name));
    }
  }
  await view.context.close();
}

const PLAIN_PAGES = {
  'public-results': '/resultats',
  letter: '/api/v1/weekly-letter/preview.html',
};

/** The last week that has ended, whatever day it is at the town hall. */
async function lastWeek({ page, goTo }: WebView): Promise<string> {
  await goTo('');
  const today = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).today);
  return periodToText(periodBefore(periodContaining('week', today)));
}

/** Whoever came by a link is asked to choose one; the pictures are of somebody who has. */
async function choosePassword({ page, goTo }: WebView): Promise<void> {
  await goTo('compte');
  await page.getByLabel('Nouveau mot de passe').fill('une phrase assez longue');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Vos changements sont enregistrés').waitFor();
}
