/** The requirements on the tablet that a test can show; the physical one, T17, is told by the installation sheet. */
export const REQUIREMENTS = Array.from(
  { length: 18 },
  (_, index) => `T${String(index + 1).padStart(2, '0')}`,
);

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 * @typedef {{ requirement: string, passed: number, failed: readonly string[] }} Shown
 */

/**
 * Gathers the tests of each requirement by the number in their names. A requirement that no test names is not shown.
 * @param {readonly { assertionResults: readonly Assertion[] }[]} files of Vitest's JSON record
 * @returns {Shown[]}
 */
export function gatherRequirements(files) {
  const tests = files.flatMap((file) => file.assertionResults);
  return REQUIREMENTS.map((requirement) => {
    const named = tests.filter(
      ({ fullName, status }) =>
        new RegExp(`\\b${requirement}\\b`).test(fullName) && (status === 'passed' || status === 'failed'),
    );
    const failed = named.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return { requirement, passed: named.length - failed.length, failed };
  });
}

/** @param {Shown} shown */
export function isMet({ passed, failed }) {
  return passed > 0 && failed.length === 0;
}
