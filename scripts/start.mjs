// `npm start`: from a bare checkout to a serving Parvis, in this one process, so that a signal to it is a signal to the server.
import { ensurePackages } from './packages.mjs';
import { ensurePages, WEB_ROOT } from './pages.mjs';
import { runMain } from './root.mjs';
import { importServer } from './server.mjs';

await runMain(async () => {
  await ensurePackages('run');
  await ensurePages();
  const { main } = await importServer('sync-server/main');
  await main(process.argv.slice(2), process.env, WEB_ROOT);
  return undefined;
});
