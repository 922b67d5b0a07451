/** A cell of the data under a chart; null is what is not told. */
export type ChartCell = string | number | null;

export interface ChartColumn {
  readonly name: string;
  /** `share` is 0–1 and written in percent; `day` is `2026-11-24`. */
  readonly kind: 'text' | 'count' | 'share' | 'decimal' | 'day';
}

/** One line of the key: how it is drawn, and what it stands for. */
export interface LegendEntry {
  readonly look:
    | 'rolling'
    | 'band'
    | 'weekly'
    | 'limits'
    | 'centre'
    | 'outside'
    | 'run'
    | 'holidays'
    | 'holiday'
    | 'mark'
    | 'target'
    | 'reached'
    | 'near'
    | 'below'
    | 'untold';
  readonly text: string;
}

/** Draws a chart into a box of a picture whose units are pixels of 96 to the inch. */
export type DrawChart = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** All that a chart gives of itself: what it shows in a sentence, what it is of, what it is drawn from. */
export interface ChartFile {
  /** What its files are called, without the ending. */
  readonly fileName: string;
  /** The finding. */
  readonly title: string;
  /** What of, when, on which base: a line each. */
  readonly lines: readonly string[];
  readonly isDemonstration: boolean;
  /** What stands small at the foot. */
  readonly notes: readonly string[];
  readonly legend: readonly LegendEntry[];
  /** Of the drawing. */
  readonly height: number;
  readonly draw: () => Promise<DrawChart>;
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly (readonly ChartCell[])[];
}

const LONGEST_FINDING = 60;

/** « parvis-etat-civil-hors-des-limites-2026-w47 » */
export function chartFileName(subject: string, finding: string, period: string): string {
  return ['parvis', plain(subject), plain(finding).slice(0, LONGEST_FINDING), plain(period)]
    .map((part) => part.replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('-');
}

/** What every system takes in the name of a file. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}
