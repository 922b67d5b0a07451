import type { AddressInfo } from 'node:net';
import { compareStored } from '../../sync-server/ingest/compare-stored.ts';
import { openTestApp } from '../../sync-server/test-app.ts';
import { enrolTablet } from '../../sync-server/test-tablet.ts';
import type { TabletPlace } from './sending-tablet.ts';

/** The real server on a port of loopback, over a database of its own. */
export interface ListeningServer {
  readonly origin: string;
  readonly port: number;
  enrol(): Promise<TabletPlace>;
  /** How many of these answers it does not hold, and how many it holds or counts beyond them. */
  compare(given: ReadonlySet<string>): Promise<{ readonly lost: number; readonly twice: number }>;
  close(): Promise<void>;
}

export async function startListening(): Promise<ListeningServer> {
  const server = await openTestApp({}, new Date().toISOString());
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.app.server.address() as AddressInfo;
  const { store } = server.deps;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    enrol: async () => ({ ...(await enrolTablet(server)), storeId: store.storeId }),
    compare: (given) => compareStored(store, given),
    close: async () => {
      server.app.server.closeAllConnections();
      await server.close();
    },
  };
}
