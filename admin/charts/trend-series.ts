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
    /** What kinds of days the calendar holds for the week; `mark` is what the team itself has marked. */
    readonly events: readonly ('school-holidays' | 'public-holiday' | 'mark')[];
    /** What they are called. */
    readonly eventsText: string;
    /** What the control chart draws here. */
    readonly control: ControlMark | null;
  }[];
  readonly target: number | null;
  /** The usual share, where there is a control chart. */
  readonly centre: number | null;
  readonly weeklyLabel: string;
  readonly controlLabel: string;
  readonly rollingLabel: string;
  readonly unit: 'percent' | 'number';
}

/** A point of the control chart: its share between its limits, in the units of the axis. */
export interface ControlMark {
  readonly low: number;
  readonly high: number;
  readonly share: number;
  readonly mark: 'inside' | 'outside' | 'run';
  readonly text: string;
}
