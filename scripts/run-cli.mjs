// `npm run enrol` and its kin: the commands of sync-server/cli, on a checkout that may still be bare.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from './packages.mjs';
import { PlainError, ROOT, runMain } from './root.mjs';
import { importServer } from './server.mjs';

await runMain(async () => {
  const [name = '', ...words] = process.argv.slice(2);
  const names = readdirSync(join(ROOT, 'sync-server/cli'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (!names.includes(name)) throw new PlainError(`No command "${name}". There are: ${names.join(', ')}.`);
  await ensurePackages('run');
  const { main } = await importServer(`sync-server/cli/${name}`);
  return main(words, process.env);
});
