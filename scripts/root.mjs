import { fileURLToPath } from 'node:url';

/** The top of the repository, with a trailing slash: every script works from here, whatever the current directory. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/**
 * Tells the person at the keyboard what is going on. Standard error, so that a command called with `--json`
 * keeps standard output for its one result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A fault the person can do something about: printed as it stands, without a stack. */
export class PlainError extends Error {}

/**
 * Runs the main function of a script and turns what it threw into one plain message and exit code 1.
 * @param {() => Promise<number | undefined>} main resolves with the exit code; undefined leaves the process running.
 */
export async function runMain(main) {
  try {
    const code = await main();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    say(error instanceof PlainError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
