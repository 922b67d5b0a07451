/**
 * What a run of Vitest comes to. A file that could not even be loaded, and a fault outside any test, count as one
 * failure each: "0 failed" must never stand beside a run that failed.
 * @typedef {{ passed: number, failed: number, skipped: number, faults: string[] }} Counted
 */

/**
 * @param {string} path of the JSON record
 * @param {number} exitCode of Vitest
 * @param {(path: string) => string} read
 * @returns {Counted}
 */
export function count(path, exitCode, read) {
  let record;
  try {
    record = JSON.parse(read(path));
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      faults: [`Vitest left no record of its run: ${String(error)}`],
    };
  }
  /** @type {string[]} */
  const faults = [];
  let failed = record.numFailedTests;
  for (const file of record.testResults) {
    const hasFailedTest = file.assertionResults.some(
      (/** @type {{ status: string }} */ one) => one.status === 'failed',
    );
    if (file.status !== 'failed' || hasFailedTest) continue;
    failed += 1;
    faults.push(`${file.name}: the file failed outside its tests`);
  }
  if (exitCode !== 0 && failed === 0) {
    failed = 1;
    faults.push(`Vitest ended with code ${exitCode} though no test failed: see the fault it printed above`);
  }
  const skipped = record.numPendingTests + (record.numTodoTests ?? 0);
  return { passed: record.numPassedTests, failed, skipped, faults };
}

/** @param {Counted} counted */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
