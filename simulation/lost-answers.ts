import { ORGANISATION } from './foundation.ts';
import type { ServerDatabase } from './server-database.ts';
import type { Loss } from './tablet-storage.ts';
import type { Tablet } from './tablet.ts';

/** What storage has destroyed under one enrolment. */
interface Losses {
  readonly tablet: Pick<Tablet, 'toldEpoch'>;
  /** By id, whether a visitor was told that it is kept: a write that got through after it was given up has a number that nobody witnessed. */
  readonly promised: Map<string, boolean>;
  /** How often the tablet has had to begin anew, the first time included. */
  epoch: number;
}

/** Keeps count of what tablets have lost, to see whether the server knows it as exactly (I6). */
export class LostAnswers {
  readonly #database: ServerDatabase;
  readonly #byEnrolment = new Map<string, Losses>();
  readonly #ids = new Set<string>();

  constructor(database: ServerDatabase) {
    this.#database = database;
  }

  note(
    tablet: Losses['tablet'],
    enrolmentId: string,
    loss: Loss,
    ids: readonly (readonly [id: string, isPromised: boolean])[],
  ): void {
    const losses = this.#byEnrolment.get(enrolmentId) ?? { tablet, promised: new Map(), epoch: 1 };
    this.#byEnrolment.set(enrolmentId, losses);
    if (loss !== 'witnessEvicted') losses.epoch += 1;
    for (const [id, isPromised] of ids) {
      losses.promised.set(id, isPromised);
      this.#ids.add(id);
    }
  }

  /** Whether it was on a disk that is no more; it may have been on the server too. */
  has(responseId: string): boolean {
    return this.#ids.has(responseId);
  }

  /** What the server does not know as it is, once every tablet has been heard again. */
  check(onServer: ReadonlySet<string>): readonly string[] {
    return [...this.#byEnrolment].flatMap(([enrolmentId, { tablet, promised, epoch }]) => {
      const gone = [...promised].filter(([id]) => !onServer.has(id));
      const lost = gone.filter(([, isPromised]) => isPromised).length;
      const [known] = this.#database.all<{ lost: number; twice: number }>(
        `select coalesce((select sum(last_sequence - first_sequence + 1) from known_losses as l
            where l.organisation_id = e.organisation_id and l.enrolment_id = e.enrolment_id), 0) as lost,
          coalesce((select taken_sequences from shared_enrolments as s
            where s.organisation_id = e.organisation_id and s.enrolment_id = e.enrolment_id), 0) as twice
        from enrolments as e where e.organisation_id = ? and e.enrolment_id = ?`,
        ORGANISATION,
        enrolmentId,
      );
      const faults: string[] = [];
      if (known === undefined || known.lost < lost || known.lost > gone.length)
        faults.push(`I6: ${lost} answers were destroyed, and the server knows of ${known?.lost ?? 'none'}`);
      // A database that hangs too long is given up by the tablet itself.
      if (tablet.toldEpoch < epoch)
        faults.push(`I6: the tablet is in its epoch ${epoch}, and tells ${tablet.toldEpoch}`);
      if (known !== undefined && known.twice > 0)
        faults.push('I6: after a loss the tablet has given a number twice');
      return faults;
    });
  }
}
