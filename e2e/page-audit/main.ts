import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeptBrowser, DESK } from '../chromium.ts';
import { startServer } from '../server-process.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Category = (typeof CATEGORIES)[number];
type Scores = Readonly<Record<Category, number>>;

/** Out of 100. */
const LEAST: Scores = { performance: 95, accessibility: 100, 'best-practices': 100 };
/** By the names of the navigation. */
const PAGES = {
  Semaine: '/admin/',
  Service: '/admin/services/ville-de-libourne/etat-civil',
  Comparer: '/admin/comparer',
  Verbatims: '/admin/verbatims',
  Modération: '/admin/moderation',
  Exports: '/admin/exports',
  Personnes: '/admin/personnes',
  Journal: '/admin/journal',
  'Résultats publics': '/resultats',
} as const;

interface Report {
  readonly categories: Readonly<
    Record<
      Category,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<
    Record<string, { readonly score: number | null; readonly title: string; readonly displayValue?: string }>
  >;
}

/** What is used of Lighthouse, which is fetched when this is run. */
interface Lighthouse {
  readonly default: (
    url: string,
    flags: object,
    config: object,
  ) => Promise<{ readonly lhr: Report } | undefined>;
  readonly desktopConfig: object;
}

interface Audited extends Scores {
  readonly page: string;
  /** Each audit that takes points away. */
  readonly lost: readonly string[];
}

/** Serves a made-up year, signs in, and lets Lighthouse judge each page as a desk sees it. */
export async function main(words: readonly string[], lighthouse: Lighthouse): Promise<number> {
  const server = await startServer({ isDemo: true });
  const browser = await createKeptBrowser(['--remote-debugging-port=0']);
  try {
    const context = await browser.open(DESK);
    const page = await context.newPage();
    await page.goto(await server.createSignInLink());
    await page.getByRole('navigation', { name: 'Navigation principale' }).waitFor();
    const [port] = readFileSync(join(browser.profileDir, 'DevToolsActivePort'), 'utf8').split('\n');
    const audited: Audited[] = [];
    for (const [name, path] of Object.entries(PAGES)) {
      const url = `${server.origin}${path}`;
      const one = await audit(lighthouse, url, Number(port), name);
      audited.push(one);
      if (!words.includes('--json')) process.stdout.write(`${line(one)}\n`);
    }
    const failures = audited.flatMap((one) =>
      CATEGORIES.filter((category) => one[category] < LEAST[category]).map(
        (category) => `${one.page}: ${category} ${one[category]}, at least ${LEAST[category]} is wanted`,
      ),
    );
    process.stdout.write(
      words.includes('--json')
        ? `${JSON.stringify({ pages: audited, failures })}\n`
        : `${audited.length} pages, ${failures.length} below what is wanted.\n${failures.join('\n')}\n`,
    );
    return failures.length === 0 ? 0 : 1;
  } finally {
    await browser.dispose();
    await server.dispose();
  }
}

async function audit(
  { default: lighthouse, desktopConfig }: Lighthouse,
  url: string,
  port: number,
  page: string,
): Promise<Audited> {
  // Emptying what the browser keeps would sign out.
  const flags = { port, disableStorageReset: true, onlyCategories: [...CATEGORIES], logLevel: 'error' };
  const outcome = await lighthouse(url, flags, desktopConfig);
  if (outcome === undefined) throw new Error(`Lighthouse said nothing of ${page}.`);
  const { categories, audits } = outcome.lhr;
  const points = (category: Category) => Math.round((categories[category].score ?? 0) * 100);
  const lost = CATEGORIES.flatMap((category) => categories[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id]?.displayValue ?? audits[id]?.title ?? ''}`.trim());
  return {
    page,
    performance: points('performance'),
    accessibility: points('accessibility'),
    'best-practices': points('best-practices'),
    lost,
  };
}

function line({ page, lost, ...scores }: Audited): string {
  const told = CATEGORIES.map((category) => `${category} ${scores[category]}`).join(', ');
  return `${page}: ${told}${lost.length === 0 ? '' : ` (${lost.join('; ')})`}`;
}
