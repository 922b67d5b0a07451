import { parseArgs } from 'node:util';
import { rotateSealingKey } from '../assignment/rotate-sealing-key.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runPlainly } from '../command.ts';

const USAGE = 'npm run rotate-key';

/** `npm run rotate-key`: another sealing key, beside a running server too; the former ones go on opening what was sealed to them. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runPlainly(env, async ({ dataDir, backup }) => {
    readArguments(() => parseArgs({ args: [...argv], options: {} }), USAGE);
    const { keyId } = rotateSealingKey(dataDir, backup.keysDir, SYSTEM_CLOCK.now());
    process.stdout.write(
      `The sealing key is now ${keyId}. Tablets take it within a minute or two of their next contact; the former keys are kept.\n`,
    );
    if (backup.keysDir === null)
      process.stderr.write(
        `It is in ${dataDir} only: copy sealing-keys.json to where you keep your keys, or set BACKUP_KEYS_DIR.\n`,
      );
    return 0;
  });
}
