import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { accountChangeSchema } from '../../protocol/people.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { personByEmail } from '../people/people.ts';
import { createSignInLink } from '../people/sign-in-links.ts';
import { PlainFault } from '../plain-fault.ts';

const USAGE = 'npm run sign-in-link -- --email <e-mail> [--json]';

/** `npm run sign-in-link`: prints a one-time link to the web view, the way back in when nobody can sign in any more. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store, config) => {
    const { email: given, json } = readArguments(
      () =>
        parseArgs({ args: [...argv], options: { email: { type: 'string' }, json: { type: 'boolean' } } })
          .values,
      USAGE,
    );
    const email = v.safeParse(accountChangeSchema.entries.email, given);
    if (!email.success) throw new PlainFault(`--email must be an e-mail address.\n${USAGE}`);
    if ((await personByEmail(store.db, email.output))?.isDeactivated === true)
      throw new PlainFault(
        `The account of ${email.output} is closed. Give another address, and open it again on the page Personnes.`,
      );
    const { url } = await createSignInLink({ store, clock: SYSTEM_CLOCK, config }, { email: email.output });
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ url })}\n`
        : `\nOpen this link once, within an hour, to sign in as ${email.output}:\n\n  ${url}\n\n`,
    );
    return 0;
  });
}
