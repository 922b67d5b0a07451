import { SYSTEM_CLOCK } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { openData } from './open-data.ts';
import { PlainFault } from './plain-fault.ts';
import type { Store } from './store/store.ts';

/**
 * Runs a command of `cli/` on the data directory, beside a running server or without one. A fault somebody can put right is printed
 * on standard error and gives exit code 1.
 */
export async function runCommand(
  env: NodeJS.ProcessEnv,
  work: (store: Store, config: Config) => Promise<number>,
): Promise<number> {
  return runPlainly(env, async (config) => {
    const store = await openData(config, SYSTEM_CLOCK);
    try {
      return await work(store, config);
    } finally {
      await store.close();
    }
  });
}

/** Runs a command that opens what it needs by itself. A fault somebody can put right is printed, as for {@link runCommand}. */
export async function runPlainly(
  env: NodeJS.ProcessEnv,
  work: (config: Config) => Promise<number>,
): Promise<number> {
  try {
    const config = readConfig(env);
    if (!config.ok) throw new PlainFault(config.error.join('\n'));
    return await work(config.value);
  } catch (error) {
    if (!(error instanceof PlainFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/**
 * @param read e.g. a call of `parseArgs`, which throws TypeError for what it does not know
 * @throws PlainFault with the usage
 */
export function readArguments<Values>(read: () => Values, usage: string): Values {
  try {
    return read();
  } catch (error) {
    if (error instanceof TypeError) throw new PlainFault(`${error.message}\n${usage}`);
    throw error;
  }
}
