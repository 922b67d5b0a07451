import type { WitnessPlace } from '../kiosk/loss/witness-places.ts';
import { cookiePlace, storagePlace } from '../kiosk/loss/witness-places.ts';
import { DATABASE_NAME } from '../kiosk/outbox/database.ts';
import type { OutboxEntry } from '../kiosk/outbox/outbox.ts';
import { DATABASE_KEY } from '../kiosk/outbox/witness.ts';
import type { Chance } from './chance.ts';
import { type DiskConnection, openDiskEntryStore } from './disk-entry-store.ts';
import { Disk, type Image } from './disk.ts';
import { Shelf } from './shelf.ts';
import type { Timeline } from './timeline.ts';

/** What may be taken from a tablet while it is shut down. */
export const LOSSES = ['storageForgotten', 'databaseWiped', 'databaseDestroyed', 'witnessEvicted'] as const;
export type Loss = (typeof LOSSES)[number];

/** How long a browser may keep a write to itself. */
const LOCAL_STORAGE_MS = 5_000;
const CACHE_MS = 10;
const COOKIES_MS = 30_000;
const COOKIES = 'cookies';

/** Everything that a tablet's browser keeps of the kiosk: databases by name, localStorage, Cache Storage and cookies. */
export class TabletStorage {
  readonly local: Shelf;
  readonly #caches: Shelf;
  readonly #cookies: Shelf;
  readonly #databases = new Map<string, Disk>();
  readonly #connections = new Set<DiskConnection>();
  #newest: Disk;

  constructor(timeline: Timeline, chance: Chance, image?: Image) {
    this.local = new Shelf(timeline, LOCAL_STORAGE_MS);
    this.#caches = new Shelf(timeline, CACHE_MS);
    this.#cookies = new Shelf(timeline, COOKIES_MS);
    this.#newest = new Disk(timeline, chance, image);
    this.#databases.set(DATABASE_NAME, this.#newest);
  }

  /** The database that was made last. */
  get disk(): Disk {
    return this.#newest;
  }

  get disks(): Iterable<Disk> {
    return this.#databases.values();
  }

  /** The name of the database that a page opens. */
  get databaseName(): string {
    return this.local.getItem(DATABASE_KEY) ?? DATABASE_NAME;
  }

  databaseNames(): readonly string[] {
    return [...this.#databases].flatMap(([name, disk]) =>
      disk.image.settings.size > 0 || disk.isDestroyed ? [name] : [],
    );
  }

  open(name: string, isGone: () => boolean): DiskConnection {
    const connection = openDiskEntryStore(this.#database(name), isGone);
    this.#connections.add(connection);
    return connection;
  }

  /** The engine's process dies under the pages. */
  loseConnections(): void {
    for (const connection of this.#connections) connection.lose();
    this.#connections.clear();
  }

  /** Where the kiosk keeps its witness, as a page of its own sees it. */
  places(isGone: () => boolean): readonly WitnessPlace[] {
    return [
      storagePlace({
        getItem: (key) => this.local.getItem(key),
        setItem: (key, text) => {
          if (!isGone()) this.local.setItem(key, text);
        },
      }),
      this.cachePlace('record', isGone),
      cookiePlace(this.#document(isGone), true),
    ];
  }

  cachePlace(name: string, isGone: () => boolean): WitnessPlace {
    return {
      read: async () => this.#caches.getItem(name),
      write: async (text) => {
        if (!isGone()) this.#caches.setItem(name, text);
      },
    };
  }

  pagesAreGone(): void {
    for (const disk of this.disks) disk.forgetPages();
  }

  /** The browser is killed: cookies are what it writes last. */
  browserIsKilled(): void {
    this.#cookies.fallBack();
  }

  cutPower(): void {
    for (const disk of this.disks) disk.cutPower();
    this.local.fallBack();
    this.#caches.fallBack();
    this.#cookies.fallBack();
  }

  /**
   * Between two starts, the first of which was ended as usual, something is taken away.
   *
   * @returns the entries that are gone with it
   */
  lose(loss: Loss): readonly OutboxEntry[] {
    for (const shelf of [this.local, this.#caches, this.#cookies]) shelf.flush();
    if (loss === 'witnessEvicted') {
      this.local.clear();
      return [];
    }
    const inUse = this.#database(this.databaseName);
    const lost = loss === 'databaseDestroyed' ? [inUse] : [...this.disks];
    const rows = lost.flatMap(({ image }) => [...image.entries.values()]);
    for (const disk of lost) disk.wipe();
    if (loss === 'databaseDestroyed') inUse.isDestroyed = true;
    if (loss === 'storageForgotten') {
      this.local.clear();
      this.#caches.clear();
    }
    return rows;
  }

  /** Has the same as another one, but for its databases. */
  copyShelves(other: TabletStorage): void {
    this.local.copy(other.local);
    this.#caches.copy(other.#caches);
    this.#cookies.copy(other.#cookies);
  }

  #database(name: string): Disk {
    const known = this.#databases.get(name);
    if (known !== undefined) return known;
    this.#newest = this.#newest.beside();
    this.#databases.set(name, this.#newest);
    return this.#newest;
  }

  #document(isGone: () => boolean): Pick<Document, 'cookie'> {
    const cookies = this.#cookies;
    return {
      get cookie() {
        return cookies.getItem(COOKIES) ?? '';
      },
      set cookie(text) {
        if (!isGone()) cookies.setItem(COOKIES, text.split(';', 1)[0] ?? '');
      },
    };
  }
}
