import { parseArgs } from 'node:util';
import { openSealingKeys } from '../assignment/sealing-keys.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { Publications } from '../ingest/publications.ts';
import { reexamine } from '../ingest/reexamine.ts';
import { SealedTexts } from '../ingest/sealed-texts.ts';

const USAGE = 'npm run reexamine [-- --json]';

/** `npm run reexamine`: judges anew what is in quarantine, after an upgrade or when a sealing key is back. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store, { dataDir }) => {
    const { json } = readArguments(
      () => parseArgs({ args: [...argv], options: { json: { type: 'boolean' } } }).values,
      USAGE,
    );
    const texts = new SealedTexts(openSealingKeys(dataDir, SYSTEM_CLOCK));
    const counts = await reexamine(store, {
      publications: new Publications({ store, clock: SYSTEM_CLOCK }),
      texts,
    });
    const { accepted, duplicate, erased, quarantined } = counts;
    process.stdout.write(
      json === true
        ? `${JSON.stringify(counts)}\n`
        : `Understood now and counted: ${accepted}. There already: ${duplicate}. Erased meanwhile: ${erased}. Still not understood, and kept: ${quarantined}.\n`,
    );
    return 0;
  });
}
