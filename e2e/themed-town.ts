import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LIBOURNE = new URL('../sync-server/surveys/libourne.json', import.meta.url);
export const THEMES = [
  { code: 'wait', label: { fr: 'L’attente', en: 'The wait' } },
  { code: 'information', label: { fr: 'Les informations', en: 'Information' } },
  { code: 'premises', label: { fr: 'Les locaux', en: 'The premises' } },
];

interface TownItem {
  readonly kind: string;
  readonly themes?: unknown;
}
interface Town {
  readonly organisations: readonly {
    readonly surveys: readonly { readonly versions: readonly { items: readonly TownItem[] }[] }[];
  }[];
}

/** Writes Libourne's file with these themes to touch; tells where it lies. */
export async function writeThemedTown(folder: string): Promise<string> {
  const town = JSON.parse(await readFile(LIBOURNE, 'utf8')) as Town;
  for (const { surveys } of town.organisations)
    for (const version of surveys.flatMap((survey) => survey.versions))
      version.items = version.items.map((item) =>
        item.kind === 'verbatim' ? { ...item, themes: THEMES } : item,
      );
  const path = join(folder, 'town.json');
  await writeFile(path, JSON.stringify(town));
  return path;
}
