import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { accountChangeSchema } from '../../protocol/people.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readConfig } from '../config.ts';
import { createSignInLink } from '../people/sign-in-links.ts';
import { PlainFault } from '../plain-fault.ts';
import { DATABASE_FILE, openSqliteStore } from '../store/open-sqlite-store.ts';
import { loadTown } from '../surveys/load-town.ts';
import { readTownFile } from '../surveys/town-file.ts';

const USAGE = 'npm run sign-in-link -- --email <e-mail> [--json]';

/** Prints a one-time link to the web view: the way back in when nobody can sign in any more. Works whether the server runs or not. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const { email, isJson } = readArguments(argv);
    const config = readConfig(env);
    if (!config.ok) throw new PlainFault(config.error.join('\n'));
    const { dataDir, townFile } = config.value;
    const store = openSqliteStore(join(dataDir, DATABASE_FILE), SYSTEM_CLOCK);
    try {
      // Where the server has never run there is no organisation to keep the account in; loading a town again changes nothing.
      await loadTown(store, readTownFile(townFile), SYSTEM_CLOCK);
      const { url } = await createSignInLink({ store, clock: SYSTEM_CLOCK, config: config.value }, { email });
      process.stdout.write(
        isJson
          ? `${JSON.stringify({ url })}\n`
          : `\nOpen this link once, within an hour, to sign in as ${email}:\n\n  ${url}\n\n`,
      );
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof PlainFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function readArguments(argv: readonly string[]): { readonly email: string; readonly isJson: boolean } {
  const values = parsed(argv);
  const email = v.safeParse(accountChangeSchema.entries.email, values.email);
  if (!email.success) throw new PlainFault(`--email must be an e-mail address.\n${USAGE}`);
  return { email: email.output, isJson: values.json === true };
}

function parsed(argv: readonly string[]): { email?: string | undefined; json?: boolean | undefined } {
  try {
    return parseArgs({ args: [...argv], options: { email: { type: 'string' }, json: { type: 'boolean' } } })
      .values;
  } catch (error) {
    if (error instanceof TypeError) throw new PlainFault(`${error.message}\n${USAGE}`);
    throw error;
  }
}
