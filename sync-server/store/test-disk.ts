import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A disk whose power can be cut: a file system in a file of its own. What a programme has written and not flushed is in the kernel's memory alone;
 * a copy of the file is what the disk would hold if the power went at that moment, and mounting the copy is the start after it.
 */
export interface LoopDisk {
  /** Where it is mounted now. */
  readonly folder: string;
  /** What has been written so far reaches the disk, as on a machine that has been up for hours. */
  settle(): void;
  /** Takes down what has reached the disk at this moment. Whoever writes on it must be standing still. */
  freeze(): void;
  /** The machine starts again from what was taken down. Whoever wrote must be gone. */
  restart(): void;
  dispose(): void;
}

/** Whether this machine lets us mount: root, loop devices, ext4. Tried, since each may be there in name only. */
export function canMountDisks(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    createLoopDisk(8).dispose();
    return true;
  } catch {
    return false;
  }
}

/** Says what was left out, where nobody can overlook it. */
export function sayLoudly(what: string): void {
  process.stderr.write(`\n${'!'.repeat(100)}\n!! NOT RUN: ${what}\n${'!'.repeat(100)}\n\n`);
}

/** @throws Error where the machine does not let us */
export function createLoopDisk(megabytes: number): LoopDisk {
  const top = mkdtempSync(join(tmpdir(), 'parvis-disk-'));
  const folder = join(top, 'mounted');
  mkdirSync(folder);
  let life = 0;
  const image = () => join(top, `disk-${life}.img`);
  let isMounted = false;
  const mount = () => {
    // Nothing but a flush reaches the disk by itself: the file system's own clock is set to five minutes.
    run('mount', '-o', 'loop,commit=300,noatime', image(), folder);
    isMounted = true;
  };
  const unmount = () => {
    if (!isMounted) return;
    unmountOnceLeft(folder);
    isMounted = false;
  };
  try {
    run('truncate', '-s', `${megabytes}M`, image());
    run('mkfs.ext4', '-q', '-F', image());
    mount();
  } catch (error) {
    rmSync(top, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    settle: () => run('sync', '-f', folder),
    freeze: () => run('cp', '--sparse=always', image(), join(top, `disk-${life + 1}.img`)),
    restart: () => {
      unmount();
      rmSync(image());
      life += 1;
      mount();
    },
    dispose: () => {
      unmount();
      rmSync(top, { recursive: true, force: true });
    },
  };
}

/** A disk of memory that is full soon. */
export interface SmallDisk {
  readonly folder: string;
  /** Somebody has made room. */
  grow(kilobytes: number): void;
  dispose(): void;
}

export function createSmallDisk(kilobytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-small-disk-'));
  run('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder);
  return {
    folder,
    grow: (to) => run('mount', '-o', `remount,size=${to}k`, folder),
    dispose: () => {
      unmountOnceLeft(folder);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Those who were killed a moment ago may still be on their way out. */
function unmountOnceLeft(folder: string): void {
  for (let tries = 100; ; tries -= 1) {
    try {
      run('umount', folder);
      return;
    } catch (error) {
      if (tries === 0) throw error;
      run('sleep', '0.1');
    }
  }
}

function run(program: string, ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
}
