import type { ResponseId } from '../domain/ids.ts';
import type { Setting } from '../kiosk/outbox/entry-store.ts';
import type { OutboxEntry } from '../kiosk/outbox/outbox.ts';
import type { Chance } from './chance.ts';
import type { Timeline } from './timeline.ts';

/** All that a tablet's database holds at one moment. Never changed, only replaced. */
export interface Image {
  readonly entries: ReadonlyMap<ResponseId, OutboxEntry>;
  readonly settings: ReadonlyMap<string, Setting>;
}

export const EMPTY_IMAGE: Image = { entries: new Map(), settings: new Map() };

/** `strict` reaches the platter before it is reported; `relaxed` reaches it when the system gets round to it. */
export type Durability = 'strict' | 'relaxed';

/** How a commit ends. A hung one holds up everything behind it, and may still take effect long after nobody waits for it. */
type CommitFate = 'commits' | 'full' | 'hangs';

/** How often what goes wrong. */
export interface DiskFaults {
  readonly full: number;
  readonly hangs: number;
  /** The browser or the whole tablet dies in the middle of a commit. */
  readonly dies: number;
}

export const NO_DISK_FAULTS: DiskFaults = { full: 0, hangs: 0, dies: 0 };

/** How long the system may keep relaxed writes to itself (Linux: thirty seconds). */
const WRITE_BACK_MS = 30_000;
const LONGEST_COMMIT_MS = 30;

/** An error as an engine throws it: the name is what can be told from it. */
export class DiskError extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

interface Writing {
  readonly image: Image;
  readonly isGone: () => boolean;
  readonly callOff: () => void;
}

/** The disk of one tablet, as the pages of its browser see it, and as it would be found after a power cut. */
export class Disk {
  /** What has been committed. */
  image: Image;
  faults: DiskFaults = NO_DISK_FAULTS;
  /** Called in the middle of a commit that nobody survives. */
  onDeath: () => void = () => undefined;
  /** Until this moment the disk is full. */
  fullUntilMs = 0;
  durability: Durability = 'strict';
  /** The file can neither be read nor removed any more. */
  isDestroyed = false;
  /** When it last kept something. */
  keptAtMs = 0;
  /** Each change as it takes effect. */
  onCommit: (before: Image, after: Image) => void = () => undefined;
  #platter: Image;
  #isLocked = false;
  #waiting: (() => void)[] = [];
  #writing: Writing | null = null;
  readonly #timeline: Timeline;
  readonly #chance: Chance;

  constructor(timeline: Timeline, chance: Chance, image: Image = EMPTY_IMAGE) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.image = image;
    this.#platter = image;
  }

  /** Resolves when no other transaction runs. */
  async lock(): Promise<void> {
    if (!this.#isLocked) {
      this.#isLocked = true;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  unlock(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isLocked = false;
    else next();
  }

  /**
   * Resolves once the image is where the durability says; rejects where there is no room. May take long, and for a page that is gone for ever.
   */
  commit(image: Image, isGone: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const fate = this.#fate();
      const hangsMs = fate === 'hangs' ? this.#chance.between(4_000, 30_000) : 0;
      const delayMs = hangsMs + this.#chance.between(0, LONGEST_COMMIT_MS);
      const isKept = fate === 'commits' || (fate === 'hangs' && this.#chance.happens(0.5));
      const callOff = this.#timeline.after(delayMs, () => {
        this.#writing = null;
        if (isKept) this.#take(image);
        this.unlock();
        if (isKept) resolve();
        else reject(new DiskError(this.#chance.pick(['QuotaExceededError', 'UnknownError'])));
      });
      this.#writing = { image, isGone, callOff };
      if (this.#chance.happens(this.faults.dies)) this.#timeline.after(delayMs / 2, () => this.onDeath());
    });
  }

  /** Pages have gone: what one of them was just committing may have got through or not, and it will never know. */
  forgetPages(): void {
    const writing = this.#writing;
    if (writing === null || !writing.isGone()) return;
    this.#writing = null;
    writing.callOff();
    if (this.#chance.happens(0.5)) this.#take(writing.image);
    this.unlock();
  }

  /** All pages are gone, and with them what had not reached the platter. */
  cutPower(): void {
    this.forgetPages();
    const before = this.image;
    this.image = this.#platter;
    if (before !== this.image) this.onCommit(before, this.image);
  }

  /** The engine has thrown away all that it held, and says nothing of it. */
  wipe(): void {
    this.image = EMPTY_IMAGE;
    this.#platter = EMPTY_IMAGE;
  }

  /** Another database on the same disk. */
  beside(): Disk {
    const other = new Disk(this.#timeline, this.#chance.branch());
    const { faults, onDeath, fullUntilMs, durability, onCommit } = this;
    return Object.assign(other, { faults, onDeath, fullUntilMs, durability, onCommit });
  }

  #fate(): CommitFate {
    if (this.#timeline.nowMs < this.fullUntilMs || this.#chance.happens(this.faults.full)) return 'full';
    return this.#chance.happens(this.faults.hangs) ? 'hangs' : 'commits';
  }

  #take(image: Image): void {
    const before = this.image;
    this.image = image;
    this.keptAtMs = this.#timeline.nowMs;
    if (this.durability === 'strict') this.#platter = image;
    else
      this.#timeline.after(WRITE_BACK_MS, () => {
        if (this.image === image) this.#platter = image;
      });
    this.onCommit(before, image);
  }
}
