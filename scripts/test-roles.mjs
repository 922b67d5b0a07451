// `npm run test:roles`: every role on every route of the web view, at every place, over HTTP.
import { ensurePackages } from './packages.mjs';
import { runMain } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

await runMain(async () => {
  await ensurePackages('all');
  const { main } = await importTypeScript('sync-server/people/matrix/print-matrix.ts');
  return main(process.argv.slice(2));
});
