/**
 * Where the build has put a part: a module, and its style sheet where it has one. Both are precached with the page and carry a digest in
 * their names, so that a page finds exactly the parts it was built with, network or not.
 */
export interface PartAddress {
  readonly script: string;
  readonly style: string | null;
}

/**
 * What a visit may do without is not in the kiosk's one script: each `*.part.ts` is a module of its own, loaded from the device when it is
 * asked for, and kept. A part that could not be loaded is asked for again the next time.
 */
export function createPartLoader(
  addresses: Readonly<Record<string, PartAddress>>,
  page: Document,
): <Module>(name: string) => Promise<Module> {
  const loaded = new Map<string, Promise<unknown>>();

  async function load(name: string): Promise<unknown> {
    const address = addresses[name];
    if (address === undefined) throw new Error(`The kiosk has no part ${name}.`);
    const [module] = await Promise.all([
      import(/* @vite-ignore */ address.script) as Promise<unknown>,
      address.style === null ? null : linkStyle(page, address.style),
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
