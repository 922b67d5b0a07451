/** Half of the last digit that is shown, and a crumb of binary. */
const HALF_A_TENTH = 0.050_001;
const CRUMB = 1e-9;

/** What was held against what was counted, and where the two differ. */
export class Ledger {
  figuresChecked = 0;
  readonly mismatches: string[] = [];

  /** The very same number, or nothing on both sides. */
  same(place: string, shown: unknown, counted: number | string | null): void {
    const isSame =
      typeof shown === 'number' && typeof counted === 'number'
        ? Math.abs(shown - counted) <= CRUMB * Math.max(1, Math.abs(counted))
        : shown === counted;
    this.#note(place, shown, counted, isSame);
  }

  /** A number as people read it, with one decimal: « 93,6 ». */
  rounded(place: string, shown: string | undefined, counted: number): void {
    const value = Number((shown ?? '').replace(',', '.').replace('−', '-'));
    this.#note(
      place,
      shown,
      counted,
      shown !== undefined && shown !== '' && Math.abs(value - counted) <= HALF_A_TENTH,
    );
  }

  #note(place: string, shown: unknown, counted: unknown, isSame: boolean): void {
    this.figuresChecked += 1;
    if (!isSame) this.mismatches.push(`${place}: ${String(shown)} is shown, ${String(counted)} was counted`);
  }
}
