// Runs a TypeScript script of this folder that needs packages, pages and a browser: `npm run screenshots`.
import { ensureChromium } from './chromium.mjs';
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { PlainError, runMain } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

await runMain(async () => {
  const [name, ...words] = process.argv.slice(2);
  if (name === undefined) throw new PlainError('Which script? node scripts/run-script.mjs NAME');
  await ensurePackages('all');
  const chromium = ensureChromium();
  if (chromium !== undefined) process.env['CHROMIUM_PATH'] = chromium;
  await ensurePages();
  const { main } = await importTypeScript(`scripts/${name}.ts`);
  return main(words, process.env);
});
