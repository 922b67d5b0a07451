import { describe, expect, it } from 'vitest';
import { judge } from './targets.ts';

describe('judge', () => {
  it('is met on the very target, in both directions', () => {
    const targets = { sizeBytes: { atMost: 100 }, perSecond: { atLeast: 10 } };
    expect(judge({ sizeBytes: 100, perSecond: 10 }, targets).met).toBe(true);
    expect(judge({ sizeBytes: 101, perSecond: 10 }, targets).met).toBe(false);
    expect(judge({ sizeBytes: 100, perSecond: 9.9 }, targets).met).toBe(false);
  });

  it('lets a figure without a target be', () => {
    expect(judge({ sizeBytes: 1, other: 1e9 }, { sizeBytes: { atMost: 1 } }).met).toBe(true);
  });

  it('refuses to pass what was not measured', () => {
    expect(() => judge({}, { sizeBytes: { atMost: 100 } })).toThrow('sizeBytes');
    expect(() => judge({ sizeBytes: Number.NaN }, { sizeBytes: { atMost: 100 } })).toThrow('sizeBytes');
  });
});
