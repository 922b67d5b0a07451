import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { DESK } from './chromium.ts';
import type { TestServer } from './server-process.ts';

/** The web view as somebody of the town hall at a desk. */
export interface WebView {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Goes to an address below `/admin/` and waits until its figures are there. */
  goTo(path: string): Promise<void>;
  /** Waits until nothing is being fetched. */
  settle(): Promise<void>;
  heading(): Locator;
  /** A service in the week's page. */
  service(name: string): Locator;
}

/** Signs in by a fresh one-time link, in a browser context of its own. */
export async function openWebView(
  browser: Browser,
  server: TestServer,
  options: { readonly email?: string; readonly viewport?: { width: number; height: number } } = {},
): Promise<WebView> {
  const { viewport = DESK.viewport ?? null } = options;
  const [context, link] = await Promise.all([
    browser.newContext({ ...DESK, viewport }),
    server.createSignInLink(options.email),
  ]);
  const page = await context.newPage();
  const view = webViewOn(page, server.origin);
  await page.goto(link);
  await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
  await view.settle();
  return view;
}

/** A page of a browser that is signed in already. */
export function webViewOn(page: Page, origin: string): WebView {
  const view: WebView = {
    page,
    context: page.context(),
    goTo: async (path) => {
      await page.goto(`${origin}/admin/${path}`);
      await view.settle();
    },
    settle: async () => {
      await page.locator('main h1').waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    },
    heading: () => page.getByRole('heading', { level: 1 }),
    service: (name) => page.getByRole('article', { name, exact: true }),
  };
  return view;
}
