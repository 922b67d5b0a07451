import type { Timeline } from './timeline.ts';

/** Short texts that a browser keeps for a page. What is written is there at once, and on the platter a while later. */
export class Shelf {
  readonly #timeline: Timeline;
  readonly #writeBackMs: number;
  #texts = new Map<string, string>();
  #onPlatter = new Map<string, string>();

  constructor(timeline: Timeline, writeBackMs: number) {
    this.#timeline = timeline;
    this.#writeBackMs = writeBackMs;
  }

  getItem(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    this.#texts.set(key, text);
    this.#timeline.after(this.#writeBackMs, () => {
      if (this.#texts.get(key) === text) this.#onPlatter.set(key, text);
    });
  }

  /** What had not reached the platter was never written. */
  fallBack(): void {
    this.#texts = new Map(this.#onPlatter);
  }

  /** The browser is shut down as usual: everything reaches the platter. */
  flush(): void {
    this.#onPlatter = new Map(this.#texts);
  }

  clear(): void {
    this.#texts.clear();
    this.#onPlatter.clear();
  }

  /** Has the same on it as another one. */
  copy(other: Shelf): void {
    this.#texts = new Map(other.#texts);
    this.#onPlatter = new Map(other.#texts);
  }
}
