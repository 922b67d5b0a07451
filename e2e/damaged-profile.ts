import {
  closeSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/*
 * What a power cut, a worn-out flash memory or a browser short of room does to a profile. The browser must be gone.
 */

/** The ways a database is damaged on the disk, by what is said of them. */
export const CORRUPTIONS = {
  'bytes are flipped in every file': (folder: string) => {
    for (const file of filesIn(folder)) flipBytes(file);
  },
  'its largest file is cut in half': (folder: string) => {
    const [largest] = filesIn(folder).toSorted((a, b) => statSync(b).size - statSync(a).size);
    if (largest !== undefined) truncateSync(largest, Math.floor(statSync(largest).size / 2));
  },
  'its index or header is garbage': (folder: string) => {
    for (const file of filesIn(folder)) if (isHead(file)) overwrite(file, 200);
  },
  'a file of its data is gone': (folder: string) => {
    const data = filesIn(folder).find((file) => /\.(log|ldb)$|-wal$/.test(file)) ?? filesIn(folder)[0];
    if (data !== undefined) rmSync(data);
  },
  'its folder is gone': (folder: string) => rmSync(folder, { recursive: true, force: true }),
} as const;

/** What a browser keeps for a page, as folders of its profile. */
const STORAGE = [
  'IndexedDB',
  'Local Storage',
  'Session Storage',
  'Service Worker',
  'File System',
  'WebStorage',
  'databases',
  'blob_storage',
  'shared_proto_db',
];

/** The ways storage is taken away between two starts. Cookies are not storage: no browser that is short of room takes them. */
export const EVICTIONS: Readonly<Record<string, readonly string[]>> = {
  'all storage of the page is evicted': STORAGE,
  'IndexedDB alone is evicted': ['IndexedDB'],
  'localStorage alone is evicted': ['Local Storage'],
};

export function evict(profileDir: string, folders: readonly string[]): void {
  for (const folder of folders) rmSync(join(profileDir, 'Default', folder), { recursive: true, force: true });
}

/** Where the databases of the profile lie; some kinds of Chromium keep them by bucket. */
export function databaseFolders(profileDir: string): readonly string[] {
  const found = ['IndexedDB', 'WebStorage'].map((name) => join(profileDir, 'Default', name));
  return found.filter((folder) => filesIn(folder).length > 0);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('CacheStorage'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => statSync(file).size > 0);
  } catch {
    return [];
  }
}

/** What tells the engine how to read all the rest; without its head a write-ahead log is read no more than without the database's. */
function isHead(file: string): boolean {
  return /MANIFEST|CURRENT/.test(file) || !/\.(log|ldb)$|\/LOCK$|\/LOG(\.old)?$|-shm$/.test(file);
}

/** Sixty-four of them, evenly spread, so that a run can be made again. */
function flipBytes(file: string): void {
  const bytes = readFileSync(file);
  for (let index = 0; index < 64; index += 1) {
    const at = Math.floor(((index + 0.5) * bytes.length) / 64);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  }
  writeFileSync(file, bytes);
}

function overwrite(file: string, length: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(Math.min(length, statSync(file).size), 0xa5), 0, undefined, 0);
  closeSync(handle);
}
