/** What the curve draws, in the units of its axis; null leaves a gap. */
export interface TrendSeries {
  readonly points: readonly {
    /** Names the week. */
    readonly label: string;
    readonly firstDay: string;
    readonly weekly: number | null;
    readonly rolling: number | null;
    readonly low: number | null;
    readonly high: number | null;
    /** The figures as the table writes them, for the pointer. */
    readonly weeklyText: string | null;
    readonly rollingText: string | null;
  }[];
  readonly target: number | null;
  readonly weeklyLabel: string;
  readonly rollingLabel: string;
  readonly unit: 'percent' | 'number';
}
