// `npm run simulate -- …`: lives of tablets and server under every fault, on a checkout that may still be bare.
import { ensurePackages } from './packages.mjs';
import { runMain } from './root.mjs';
import { importTypeScript } from './typescript.mjs';

await runMain(async () => {
  await ensurePackages('all');
  const { main } = await importTypeScript('simulation/simulate.ts');
  return main(process.argv.slice(2));
});
