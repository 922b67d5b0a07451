import { describe, expect, it } from 'vitest';
import { closingLine, count } from './test-count.mjs';

const passing = { status: 'passed' };
const failing = { status: 'failed' };

function record(over: object): string {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
  return JSON.stringify({ ...none, ...over });
}

describe('the closing line', () => {
  it('counts what passed and what failed', () => {
    const text = record({
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [passing, failing] }],
    });
    expect(closingLine(count('x', 1, () => text))).toBe('3 passed, 1 failed');
  });

  it('names what was skipped', () => {
    const text = record({ numPassedTests: 3, numPendingTests: 2, numTodoTests: 1 });
    expect(closingLine(count('x', 0, () => text))).toBe('3 passed, 0 failed, 3 skipped');
  });

  it('counts a file that could not be loaded as a failure', () => {
    const text = record({
      numPassedTests: 3,
      testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }],
    });
    expect(count('x', 1, () => text)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('never says 0 failed when the run itself failed', () => {
    expect(count('x', 1, () => record({ numPassedTests: 3 })).failed).toBe(1);
    expect(count('x', 0, () => '').failed).toBe(1);
  });
});
