interface Due {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | null;
}

/**
 * The one time of a run. Nothing waits for a real clock: whatever falls due next happens next, and time stands still while it works itself
 * out, down to the last promise. Two things due at the same moment happen in the order they were asked for.
 */
export class Timeline {
  nowMs = 0;
  #order = 0;
  #busy = 0;
  /** A heap: the first is due first. */
  readonly #due: Due[] = [];

  /** Calls back once; returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void {
    const due: Due = { atMs: this.nowMs + Math.max(0, delayMs), order: (this.#order += 1), run };
    this.#push(due);
    return () => {
      due.run = null;
    };
  }

  /** Time stands still until this has come to its end: work that takes no time in the run, and some turns of the real machine. */
  async whileStanding<Value>(work: Promise<Value>): Promise<Value> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
    }
  }

  /** Lets everything happen that falls due until then, or until `isOver` says so after one of them. */
  async runUntil(endMs: number, isOver: () => boolean = () => false): Promise<void> {
    await this.#settle();
    for (let next = this.#due[0]; next !== undefined && next.atMs <= endMs; next = this.#due[0]) {
      this.#pop();
      if (next.run === null) continue;
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
      await this.#settle();
      if (isOver()) return;
    }
    this.nowMs = Math.max(this.nowMs, endMs);
  }

  async #settle(): Promise<void> {
    do await turn();
    while (this.#busy > 0);
  }

  #push(due: Due): void {
    const heap = this.#due;
    let place = heap.length;
    heap.push(due);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isSooner(due, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  #pop(): void {
    const heap = this.#due;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const sooner = other !== undefined && isSooner(other, one) ? left + 1 : left;
      const child = heap[sooner];
      if (child === undefined || !isSooner(child, last)) break;
      heap[place] = child;
      place = sooner;
    }
    heap[place] = last;
  }
}

function isSooner(a: Due, b: Due): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** One turn of the event loop: every promise that can go on has gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
