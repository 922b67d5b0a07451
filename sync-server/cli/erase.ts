import { parseArgs } from 'node:util';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { PlainFault } from '../plain-fault.ts';
import { eraseResponse, organisationsHolding } from '../retention/erase-response.ts';
import { noteErasure } from '../retention/erasure-journal.ts';

const USAGE = 'npm run erase -- --response <responseId> [--organisation <organisationId>]';

/** `npm run erase`: erases one response by its identity, for good. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store, config) => {
    const { response, organisation } = readArguments(
      () =>
        parseArgs({
          args: [...argv],
          options: { response: { type: 'string' }, organisation: { type: 'string' } },
        }).values,
      USAGE,
    );
    if (response === undefined) throw new PlainFault(USAGE);
    const holders = (await organisationsHolding(store, response)).filter(
      (holder) => organisation === undefined || holder === organisation,
    );
    const [organisationId] = holders;
    if (organisationId === undefined) throw new PlainFault(`There is no response ${response}.`);
    if (holders.length > 1)
      throw new PlainFault(`Several organisations hold it: add --organisation ${holders.join(' or ')}.`);
    const erased = { organisationId, responseId: response };
    const isNotedTwice = noteErasure(config, erased);
    await eraseResponse(store, SYSTEM_CLOCK, erased);
    process.stdout.write(`Response ${response} of ${organisationId} is erased.\n`);
    if (!isNotedTwice)
      process.stderr.write(
        `It is noted in ${config.dataDir} only: ${config.backup.dir} cannot be written to. The next backup carries the note there.\n`,
      );
    return 0;
  });
}
