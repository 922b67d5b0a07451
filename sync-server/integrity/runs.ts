/** An answer and its place on its tablet. */
export interface PlacedAnswer {
  readonly reference: string;
  readonly enrolmentId: string;
  /** 0 where the tablet only showed the code for a telephone. */
  readonly sequence: number;
  readonly isFlagged: boolean;
}

const FEWEST = 2;

/**
 * Finds the runs of a day: flagged answers that followed one another on one tablet, nobody else's between them. They are numbered from 1, the
 * longest first; the number says nothing of the hour.
 *
 * @returns run by reference
 */
export function runsOf(answers: readonly PlacedAnswer[]): ReadonlyMap<string, number> {
  const flagged = answers
    .filter(({ isFlagged, sequence }) => isFlagged && sequence > 0)
    .toSorted((a, b) => a.enrolmentId.localeCompare(b.enrolmentId) || a.sequence - b.sequence);
  const runs: PlacedAnswer[][] = [];
  for (const answer of flagged) {
    const before = runs.at(-1)?.at(-1);
    const follows = before?.enrolmentId === answer.enrolmentId && before.sequence + 1 === answer.sequence;
    if (follows) runs.at(-1)?.push(answer);
    else runs.push([answer]);
  }
  const numbered = runs
    .filter((run) => run.length >= FEWEST)
    .map((run) => run.map(({ reference }) => reference).toSorted())
    .toSorted((a, b) => b.length - a.length || (a[0] ?? '').localeCompare(b[0] ?? ''));
  return new Map(numbered.flatMap((run, index) => run.map((reference) => [reference, index + 1])));
}
