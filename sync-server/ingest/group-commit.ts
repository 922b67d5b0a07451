import { setImmediate as nextTurn } from 'node:timers/promises';

/** What waits has grown longer than can be answered in time: come back later. */
export class QueueFull extends Error {}

interface Waiting<Work, Outcome> {
  readonly work: Work;
  readonly weight: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

export interface GroupLimits {
  /** Of one group: a bound keeps the slowest answer near the others. */
  readonly works: number;
  readonly weight: number;
  /** Groups under way at the same time. Those after the first are begun only where a whole one waits: many small commits would cost more. */
  readonly atOnce: number;
  /** Of everything that waits. */
  readonly waitingWeight: number;
}

/**
 * Lets many requests share one commit, hence one wait for the disk. Each gets its outcome only after the commit that holds it.
 * When a group fails its works are committed one by one, so that one that cannot be stored fails alone.
 */
export class GroupCommit<Work, Outcome> {
  readonly #commit: (works: readonly Work[]) => Promise<readonly Outcome[]>;
  readonly #limits: GroupLimits;
  readonly #waiting: Waiting<Work, Outcome>[] = [];
  readonly #runs = new Set<Promise<void>>();
  #underWay = 0;
  /** Of what is in no group yet. */
  #queuedWeight = 0;
  /** Of what has no outcome yet. */
  #waitingWeight = 0;

  constructor(commit: (works: readonly Work[]) => Promise<readonly Outcome[]>, limits: GroupLimits) {
    this.#commit = commit;
    this.#limits = limits;
  }

  get isFull(): boolean {
    return this.#waitingWeight >= this.#limits.waitingWeight;
  }

  /** @throws QueueFull at once, and whatever the commit threw for this work */
  submit(work: Work, weight: number): Promise<Outcome> {
    if (this.isFull) return Promise.reject(new QueueFull('Too much is waiting to be stored.'));
    this.#waitingWeight += weight;
    this.#queuedWeight += weight;
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#waiting.push({ work, weight, resolve, reject });
    });
    if (this.#isWorthBeginning(this.#underWay)) this.#begin();
    return outcome;
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all(this.#runs);
  }

  /** Whoever is alone takes whatever waits; beside others only a whole group is worth it. */
  #isWorthBeginning(others: number): boolean {
    const { atOnce, works, weight } = this.#limits;
    if (others === 0) return this.#waiting.length > 0;
    return others < atOnce && (this.#waiting.length >= works || this.#queuedWeight >= weight);
  }

  #begin(): void {
    this.#underWay += 1;
    const run = this.#run().finally(() => this.#runs.delete(run));
    this.#runs.add(run);
  }

  async #run(): Promise<void> {
    do {
      // One turn of the event loop: what has arrived meanwhile joins the group.
      await nextTurn();
      const group = this.#takeGroup();
      try {
        if (group.length > 0) deliver(group, await this.#commit(group.map(({ work }) => work)));
      } catch (error) {
        const [only] = group;
        if (group.length === 1) only?.reject(error);
        else for (const waiting of group) await this.#commitAlone(waiting);
      }
      for (const { weight } of group) this.#waitingWeight -= weight;
    } while (this.#isWorthBeginning(this.#underWay - 1));
    this.#underWay -= 1;
  }

  async #commitAlone(waiting: Waiting<Work, Outcome>): Promise<void> {
    try {
      deliver([waiting], await this.#commit([waiting.work]));
    } catch (error) {
      waiting.reject(error);
    }
  }

  #takeGroup(): Waiting<Work, Outcome>[] {
    let count = 0;
    let weight = 0;
    for (const waiting of this.#waiting) {
      if (count === this.#limits.works) break;
      if (count > 0 && weight + waiting.weight > this.#limits.weight) break;
      weight += waiting.weight;
      count += 1;
    }
    this.#queuedWeight -= weight;
    return this.#waiting.splice(0, count);
  }
}

function deliver<Work, Outcome>(
  group: readonly Waiting<Work, Outcome>[],
  outcomes: readonly Outcome[],
): void {
  group.forEach(({ resolve, reject }, index) => {
    if (index < outcomes.length) resolve(outcomes[index] as Outcome);
    else reject(new Error('A commit gave fewer outcomes than it was given works.'));
  });
}
