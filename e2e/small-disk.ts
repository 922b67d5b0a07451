import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of a few megabytes in memory, in the place of a folder. */
export interface SmallDisk {
  /** Leaves no byte free. */
  fill(): void;
  /** Gives the space back. */
  free(): void;
  /** Takes it away; what was on it is gone. */
  remove(): void;
}

/** Whether this machine lets us mount one: it takes root, and a kernel that grants it. */
export function canMountSmallDisk(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-mount-'));
  try {
    mount(folder, 1);
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts one in the place of a folder, with what the folder holds. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  const aside = mkdtempSync(join(tmpdir(), 'parvis-aside-'));
  mkdirSync(folder, { recursive: true });
  cpSync(folder, aside, { recursive: true });
  mount(folder, megabytes);
  cpSync(aside, folder, { recursive: true });
  rmSync(aside, { recursive: true, force: true });
  const filler = join(folder, 'filler');
  return {
    fill() {
      for (let megabyte = 1; ; megabyte += 1)
        try {
          writeFileSync(filler, Buffer.alloc(megabyte * 1_048_576));
        } catch {
          // What fits of the last one has been written.
          return;
        }
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => void execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' }),
  };
}

function mount(folder: string, megabytes: number): void {
  const words = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', folder];
  execFileSync('mount', words, { stdio: 'ignore' });
}
