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

const ORPHAN_POLL_MS = 250;

/** A fault the person can do something about: printed as it stands, without a stack. */
export class PlainError extends Error {}

/**
 * Runs the main function of a script and turns what it threw into one plain message and exit code 1.
 * @param {() => Promise<number | undefined>} main resolves with the exit code; undefined leaves the process running.
 */
export async function runMain(main) {
  stopWithNpm();
  try {
    const code = await main();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    say(error instanceof PlainError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}

/**
 * When npm dies under `npm run`, its script would live on as an orphan and keep its port: npm hands a signal to the
 * shell between the two, not to the script, and none at all when it is killed outright.
 */
function stopWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, ORPHAN_POLL_MS);
  timer.unref();
}
