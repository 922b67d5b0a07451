// Hands bytes on between tablets and their server, and times each reply: in a thread of its own, since the one that plays hundreds of
// tablets comes late to what has arrived.
import { connect, createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** From the last byte of a request to the first of its reply. @type {number[]} */
const tookMs = [];

const relay = createServer((tablet) => {
  const server = connect(workerData.port, '127.0.0.1');
  /** @type {number | null} */
  let askedAt = null;
  tablet.on('data', () => {
    askedAt = performance.now();
  });
  server.on('data', () => {
    if (askedAt !== null) tookMs.push(performance.now() - askedAt);
    askedAt = null;
  });
  tablet.pipe(server).pipe(tablet);
  tablet.on('error', () => server.destroy()).on('close', () => server.destroy());
  server
    // Where there is no server nothing has been sent: a tablet must be able to tell.
    .on('error', ({ code }) => (code === 'ECONNREFUSED' ? tablet.resetAndDestroy() : tablet.destroy()))
    .on('close', () => tablet.destroy());
});

/** @param {unknown} told */
function tell(told) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(told);
}

relay.listen(0, '127.0.0.1', () => tell(relay.address()));
parentPort?.on('message', () => tell(tookMs));
