// `npm start`: from a bare checkout to a serving Parvis, in this one process, so that a signal to it is a signal to the server.
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { runMain } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

await runMain(async () => {
  await ensurePackages('run');
  await ensurePages();
  const { main } = await importTypeScript('sync-server/main.ts');
  await main(process.argv.slice(2), process.env);
  return undefined;
});
