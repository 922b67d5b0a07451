import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What befalls one connection; each carries one request. */
export interface LineFault {
  /** So many bytes of the reply get through, then the line is cut. */
  readonly cutReplyAt?: number;
  /** So many bytes of the request get through, then the line is cut. */
  readonly cutRequestAt?: number;
  /** A cut is a reset; otherwise an end, as if nothing more was to come. */
  readonly isReset?: boolean;
  /** The request arrives a second time, on a line of its own whose reply nobody hears. */
  readonly isDoubled?: boolean;
  /** Before the first byte of the reply. */
  readonly delayMs?: number;
  /** So many bytes of the reply at a time, each after a millisecond. */
  readonly trickle?: number;
  /** The request is taken, and nothing ever comes back: the far end is gone, and nobody said so. */
  readonly isHalfOpen?: boolean;
}

/** A line to a server that does as it is told; whole unless told otherwise. */
export interface FaultyLine {
  readonly origin: string;
  /** What befalls the next connections. */
  fault: LineFault;
  /** Bytes that the server sent on the last line that was let through. */
  readonly lastReplyBytes: number;
  /** Copies of requests that nobody asked for. */
  readonly doubled: number;
  close(): Promise<void>;
}

export async function createFaultyLine(targetPort: number): Promise<FaultyLine> {
  const open = new Set<Socket>();
  let fault: LineFault = {};
  let lastReplyBytes = 0;
  let doubled = 0;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    // A cut line is what is wanted: whoever is at the end of it deals with it.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    return socket.setNoDelay();
  };

  const server = createServer((near) => {
    keep(near);
    const now = fault;
    const far = keep(connect(targetPort, '127.0.0.1'));
    const copy = now.isDoubled === true ? keep(connect(targetPort, '127.0.0.1')) : null;
    if (copy !== null) doubled += 1;
    copy?.resume();
    let isCut = false;
    const cut = (): void => {
      isCut = true;
      // What was let through still arrives; nothing comes back any more.
      far.end();
      if (now.isReset === true) near.resetAndDestroy();
      else near.end();
    };
    let [asked, replied] = [0, 0];
    near.on('data', (chunk) => {
      if (isCut) return;
      const room = (now.cutRequestAt ?? Number.POSITIVE_INFINITY) - asked;
      asked += chunk.length;
      copy?.write(chunk);
      if (room > 0) far.write(chunk.subarray(0, room));
      if (chunk.length >= room) cut();
    });
    near.on('close', () => {
      if (!isCut) far.destroy();
    });
    far.on('data', (chunk) => {
      if (isCut || now.isHalfOpen === true) return;
      const room = (now.cutReplyAt ?? Number.POSITIVE_INFINITY) - replied;
      replied += chunk.length;
      lastReplyBytes = replied;
      void deliver(near, chunk.subarray(0, Math.max(0, room)), now).then(() => {
        if (chunk.length >= room) cut();
      });
    });
    far.on('end', () => {
      if (now.isHalfOpen !== true && now.delayMs === undefined && now.trickle === undefined) near.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    get fault() {
      return fault;
    },
    set fault(next) {
      fault = next;
    },
    get lastReplyBytes() {
      return lastReplyBytes;
    },
    get doubled() {
      return doubled;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function deliver(near: Socket, bytes: Buffer, { delayMs, trickle }: LineFault): Promise<void> {
  if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const step = trickle ?? bytes.length;
  for (let at = 0; at < bytes.length && !near.destroyed; at += step) {
    near.write(bytes.subarray(at, at + step));
    if (trickle !== undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
