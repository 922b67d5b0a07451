import { describe, expect, it } from 'vitest';
import type { BootId } from '../../domain/ids.ts';
import { type PagesChannel, pagesOver } from './pages.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 9, 30);
const MINUTE_MS = 60_000;

/** Web Locks for the pages of one browser: who holds a lock keeps it until the page goes. */
function aBrowser() {
  const held = new Map<string, object>();
  const ends: PagesChannel[] = [];
  const queue: { name: string; page: object; grant: () => void }[] = [];
  function grantNext(name: string): void {
    const index = queue.findIndex((waiting) => waiting.name === name);
    const [next] = index === -1 ? [] : queue.splice(index, 1);
    if (next !== undefined) {
      held.set(name, next.page);
      next.grant();
    }
  }
  return {
    openPage() {
      const page = {};
      const channel: PagesChannel = {
        onmessage: null,
        postMessage: (data) => {
          for (const end of ends)
            if (end !== channel) end.onmessage?.call(end as BroadcastChannel, { data } as MessageEvent);
        },
      };
      ends.push(channel);
      const locks = {
        request: (name: string, onHeld: () => Promise<never>) => {
          queue.push({ name, page, grant: () => void onHeld() });
          if (!held.has(name)) grantNext(name);
          return new Promise<never>(() => undefined);
        },
        query: async () => ({ held: [...held.keys()].map((name) => ({ name })) }),
      };
      return {
        pages: pagesOver(locks as unknown as LockManager, channel),
        close() {
          ends.splice(ends.indexOf(channel), 1);
          for (const [name, holder] of held) {
            if (holder !== page) continue;
            held.delete(name);
            grantNext(name);
          }
        },
      };
    },
  };
}

const owner = (bootId: string | null, ageMs = 0) => ({
  bootId: bootId as BootId | null,
  createdAt: new Date(NOW_MS - ageMs).toISOString(),
});

it('tells the visits of living pages from those of pages that are gone', async () => {
  const browser = aBrowser();
  const [first, second] = [browser.openPage(), browser.openPage()];
  await first.pages.announce('boot-1' as BootId);
  await second.pages.announce('boot-2' as BootId);
  first.close();
  const isLiving = await second.pages.livingOwners(NOW_MS);
  expect(isLiving(owner('boot-1'))).toBe(false);
  expect(isLiving(owner('boot-2', 60 * MINUTE_MS))).toBe(true);
  expect(isLiving(owner(null))).toBe(false);
});

it('lets one page lead at a time, and the next one when it has gone', () => {
  const browser = aBrowser();
  const [first, second] = [browser.openPage(), browser.openPage()];
  const leaders: string[] = [];
  first.pages.whileLeading(() => leaders.push('first'));
  second.pages.whileLeading(() => leaders.push('second'));
  expect(leaders).toEqual(['first']);
  first.close();
  expect(leaders).toEqual(['first', 'second']);
});

it('goes by age where the browser has no locks, or will not tell', async () => {
  const refusing = {
    request: async () => Promise.reject(new Error('refused')),
    query: async () => Promise.reject(new Error('refused')),
  } as unknown as LockManager;
  const nobody: PagesChannel = { onmessage: null, postMessage: () => undefined };
  for (const pages of [pagesOver(undefined, nobody), pagesOver(refusing, nobody)]) {
    await pages.announce('boot-1' as BootId);
    const isLiving = await pages.livingOwners(NOW_MS);
    expect(isLiving(owner('boot-1', 15 * MINUTE_MS))).toBe(true);
    expect(isLiving(owner('boot-1', 15 * MINUTE_MS + 1))).toBe(false);
    // The calendar has been set back: what seems to be of the years to come is nobody's either.
    expect(isLiving(owner('boot-1', -10 * 365 * 24 * 60 * MINUTE_MS))).toBe(false);
    await new Promise<void>((resolve) => pages.whileLeading(resolve));
    // It cannot know.
    expect(pages.isAlone()).toBe(false);
  }
});

describe('a page', () => {
  it('is alone once it leads, until another is opened; that one is so when it has gone', () => {
    const browser = aBrowser();
    const first = browser.openPage();
    expect(first.pages.isAlone()).toBe(false);
    first.pages.whileLeading(() => undefined);
    expect(first.pages.isAlone()).toBe(true);

    const second = browser.openPage();
    expect(first.pages.isAlone()).toBe(false);
    second.pages.whileLeading(() => undefined);
    expect(second.pages.isAlone()).toBe(false);
    first.close();
    expect(second.pages.isAlone()).toBe(true);
  });

  it('is not alone when it comes to lead while one waits that came after it', () => {
    const browser = aBrowser();
    const [first, second, third] = [browser.openPage(), browser.openPage(), browser.openPage()];
    for (const { pages } of [first, second, third]) pages.whileLeading(() => undefined);
    first.close();
    expect([second, third].map(({ pages }) => pages.isAlone())).toEqual([false, false]);
    second.close();
    expect(third.pages.isAlone()).toBe(true);
  });
});
