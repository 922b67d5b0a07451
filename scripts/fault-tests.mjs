/** Browser tests whose numbers, T1 to T25, are those of faults; the other browser tests number the requirements on the tablet, T01 to T18. */
const FAULT_SPECS = [
  'drumming',
  'escape',
  'full-disk',
  'killed',
  'known-loss',
  'loss',
  'months-offline',
  'privacy',
  'soak',
  'storage',
  'under-fire/',
  'update',
].map((name) => `e2e/${name}`);

/**
 * Whether a test's number is that of a fault.
 * @param {string} file path from the root
 */
export function isFaultTest(file) {
  // The installation sheet shows a requirement too.
  if (file.startsWith('scripts/')) return false;
  return (
    !file.startsWith('e2e/') ||
    file.endsWith('.test.ts') ||
    FAULT_SPECS.some((start) => file.startsWith(start))
  );
}
