import { Transform } from 'node:stream';

const LOOKS_A_WAIT = 4;

/** A stream that breaks when nothing of it is taken for so long although something is ready; one that waits for its writer is left alone. */
export function impatientStream(patienceMs: number): Transform {
  let passed = 0;
  const stream = new Transform({
    transform(chunk, _encoding, done) {
      passed += 1;
      done(null, chunk);
    },
  });
  let seen = { passed, ready: 0 };
  let sinceMs = performance.now();
  const watch = setInterval(() => {
    const ready = stream.readableLength;
    if (ready === 0 || ready !== seen.ready || passed !== seen.passed) {
      seen = { passed, ready };
      sinceMs = performance.now();
    } else if (performance.now() - sinceMs >= patienceMs) {
      stream.destroy(new Error('Nothing of it was taken for too long.'));
    }
  }, patienceMs / LOOKS_A_WAIT);
  stream.once('close', () => clearInterval(watch));
  return stream;
}
