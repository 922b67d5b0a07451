interface Lock<Holder> {
  readonly name: string;
  readonly holder: Holder;
  readonly take: () => void;
}

/** The Web Locks of one browser: each is held for as long as its page lives, and then passed on. */
export class Locks<Holder> {
  #held: Lock<Holder>[] = [];
  #waiting: Lock<Holder>[] = [];

  /** As much of the browser's lock manager as the kiosk asks of it. */
  forPage(holder: () => Holder): LockManager {
    const manager = {
      request: (name: string, take: () => Promise<unknown>) => {
        // As in a browser, never before the call has returned.
        void Promise.resolve().then(() => {
          this.#waiting.push({ name, holder: holder(), take: () => void take() });
          this.#passOn();
        });
        return new Promise(() => undefined);
      },
      query: async () => ({ held: this.#held.map(({ name }) => ({ name })), pending: [] }),
    };
    return manager as unknown as LockManager;
  }

  letGo(holder: Holder): void {
    const isOthers = (lock: Lock<Holder>) => lock.holder !== holder;
    this.#waiting = this.#waiting.filter(isOthers);
    this.#held = this.#held.filter(isOthers);
    this.#passOn();
  }

  #passOn(): void {
    for (const lock of this.#waiting.slice()) {
      if (this.#held.some(({ name }) => name === lock.name)) continue;
      this.#waiting.splice(this.#waiting.indexOf(lock), 1);
      this.#held.push(lock);
      lock.take();
    }
  }
}
