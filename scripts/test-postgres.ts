import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RunningPostgres, startPostgres } from '../sync-server/store/test-postgres-server.ts';

/**
 * Vitest calls this before the tests. One PostgreSQL serves them all, and it is started when the first of them asks for its
 * address: a run that needs none does not wait for one.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Each project of Vitest calls this; the first has seen to it.
  if (process.env['PARVIS_TEST_POSTGRES'] !== undefined) return async () => undefined;
  let running: Promise<RunningPostgres> | undefined;
  const desk = createServer((_request, response) => {
    running ??= startPostgres();
    running.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  // The workers are started after this and inherit it.
  process.env['PARVIS_TEST_POSTGRES'] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`;
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await running?.then(async ({ stop }) => stop()).catch(() => undefined);
  };
}
