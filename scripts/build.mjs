// `npm run build`: the pages and the server into dist/, where their sources have changed.
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { runMain, say } from './root.mjs';
import { ensureServer } from './server.mjs';

await runMain(async () => {
  await ensurePackages('run');
  await ensurePages();
  await ensureServer();
  say('dist/ is up to date.');
  return 0;
});
