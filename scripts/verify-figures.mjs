// `npm run verify-figures`: every figure of the week, of its files, letter, evidence and public page, counted again from raw responses by a program of its own.
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { runMain } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

await runMain(async () => {
  await ensurePackages('all');
  await ensurePages();
  const { main } = await importTypeScript('e2e/verify-figures/main.ts');
  return main(process.argv.slice(2));
});
