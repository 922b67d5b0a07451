// `npm run build`: the two pages into dist/, if their sources have changed.
import { ensurePackages } from './packages.mjs';
import { ensurePages } from './pages.mjs';
import { runMain, say } from './root.mjs';

await runMain(async () => {
  await ensurePackages('run');
  await ensurePages();
  say('dist/ is up to date.');
  return 0;
});
