import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GroupCommit, QueueFull } from './group-commit.ts';

const limits = { works: 4, weight: 10, waitingWeight: 20, atOnce: 1 };

function recording(fail: (works: readonly number[]) => boolean = () => false) {
  const groups: number[][] = [];
  const commits = new GroupCommit<number, string>(async (works) => {
    groups.push([...works]);
    if (fail(works)) throw new Error(`no ${works.join()}`);
    return works.map((work) => `stored ${work}`);
  }, limits);
  return { groups, commits };
}

describe('a group commit', () => {
  it('stores together what came together, and answers each its own', async () => {
    const { groups, commits } = recording();
    expect(await Promise.all([1, 2, 3].map((work) => commits.submit(work, 1)))).toEqual([
      'stored 1',
      'stored 2',
      'stored 3',
    ]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('bounds a group by number and by weight, and takes one that is too heavy alone', async () => {
    const { groups, commits } = recording();
    await Promise.all([1, 2, 3, 4, 5].map((work) => commits.submit(work, 1)));
    await Promise.all([6, 7].map((work) => commits.submit(work, 6)));
    await commits.submit(8, 15);
    expect(groups).toEqual([[1, 2, 3, 4], [5], [6], [7], [8]]);
  });

  it('commits one by one where the group fails, so that one fails alone', async () => {
    const { commits } = recording((works) => works.includes(2));
    const outcomes = await Promise.allSettled([1, 2, 3].map((work) => commits.submit(work, 1)));
    expect(outcomes).toMatchObject([
      { value: 'stored 1' },
      { status: 'rejected', reason: new Error('no 2') },
      { value: 'stored 3' },
    ]);
    expect(await commits.submit(4, 1)).toBe('stored 4');
  });

  it('refuses at once when too much is waiting, and takes again when it is done', async () => {
    const { commits } = recording();
    const waiting = [1, 2].map((work) => commits.submit(work, 10));
    expect(commits.isFull).toBe(true);
    await expect(commits.submit(3, 1)).rejects.toThrow(QueueFull);
    await Promise.all(waiting);
    expect(await commits.submit(4, 1)).toBe('stored 4');
    await commits.settled();
  });

  it('begins a group beside others where a whole one waits, up to as many as may be under way', async () => {
    const begun: number[][] = [];
    const ends: (() => void)[] = [];
    const commits = new GroupCommit<number, number>(
      async (works) => {
        begun.push([...works]);
        await new Promise<void>((resolve) => ends.push(resolve));
        return works;
      },
      { works: 4, weight: 10, waitingWeight: 1_000, atOnce: 2 },
    );
    const submitted: Promise<number>[] = [];
    const submit = async (work: number, weight: number) => {
      submitted.push(commits.submit(work, weight));
      // Time enough for a group that may begin.
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    };
    await submit(1, 3);
    expect(begun).toEqual([[1]]);
    await submit(2, 4);
    expect(begun).toEqual([[1]]);
    await submit(3, 6);
    expect(begun).toEqual([[1], [2, 3]]);
    await submit(4, 10);
    await submit(5, 3);
    expect(begun).toEqual([[1], [2, 3]]);
    const settled = commits.settled();
    for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
      end();
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    }
    expect(begun).toEqual([[1], [2, 3], [4], [5]]);
    expect(await Promise.all(submitted)).toEqual([1, 2, 3, 4, 5]);
    await settled;
  });
});
