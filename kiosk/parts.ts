/**
 * The digests that the build has put into the names of a part's files: its module's, and after a space its style sheet's where it has one.
 * All are precached with the page, so that a page finds exactly the parts it was built with, network or not.
 */
export type PartDigests = string;

const FOLDER = '/kiosk/assets/';

/**
 * What a visit may do without is not in the kiosk's one script: each `*.part.ts` is a module of its own, loaded from the device when it is
 * asked for, and kept. A part that could not be loaded is asked for again the next time.
 */
export function createPartLoader(
  digests: Readonly<Record<string, PartDigests>>,
  page: Document,
): <Module>(name: string) => Promise<Module> {
  const loaded = new Map<string, Promise<unknown>>();

  async function load(name: string): Promise<unknown> {
    const [script, style] = digests[name]?.split(' ') ?? [];
    const [module] = await Promise.all([
      import(/* @vite-ignore */ `${FOLDER}${name}-${script}.js`) as Promise<unknown>,
      style === undefined ? null : linkStyle(page, `${FOLDER}${name}-${style}.css`),
    ]);
    return module;
  }

  return <Module>(name: string) => {
    const known = loaded.get(name) ?? load(name);
    loaded.set(name, known);
    known.catch(() => loaded.delete(name));
    return known as Promise<Module>;
  };
}

function linkStyle(page: Document, href: string): Promise<void> {
  const link = page.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`${href} could not be loaded.`));
    });
    page.head.append(link);
  });
}
