// `npm run format`: writes every file the way the check wants it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages } from './packages.mjs';
import { ROOT, runMain } from './root.mjs';

await runMain(async () => {
  await ensurePackages('all');
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const words = ['format', '--write', ...process.argv.slice(2)];
  return spawnSync(process.execPath, [biome, ...words], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
});
