import { describe, expect, it } from 'vitest';
import { REQUIREMENTS, gatherRequirements, isMet } from './requirements.mjs';

const aTest = (fullName: string, status = 'passed') => ({ fullName, status });

describe('the requirements on the tablet', () => {
  it('are T01 to T18', () => {
    expect([REQUIREMENTS.length, REQUIREMENTS[0], REQUIREMENTS.at(-1)]).toEqual([18, 'T01', 'T18']);
  });

  it('are met by the tests that carry their numbers, all of them', () => {
    const shown = gatherRequirements([
      { assertionResults: [aTest('T01 faces at 1280×800'), aTest('T01 faces at 800×1280', 'failed')] },
      { assertionResults: [aTest('touching T02 contrast'), aTest('T03 skipped', 'pending')] },
    ]);
    expect(shown.slice(0, 3)).toEqual([
      { requirement: 'T01', passed: 1, failed: ['T01 faces at 800×1280'] },
      { requirement: 'T02', passed: 1, failed: [] },
      { requirement: 'T03', passed: 0, failed: [] },
    ]);
    expect(shown.filter(isMet).map(({ requirement }) => requirement)).toEqual(['T02']);
  });
});
