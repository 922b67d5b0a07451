import './charts.css';

interface Axis {
  /** The share at the left end, 0–1; the right end is 100 %. */
  readonly start: number;
  /** 0–1; no line without it. */
  readonly target: number | null;
}

/**
 * A share on a line that ends at 100 %, with its interval and the target. The figures stand beside it as text, so it is hidden from
 * assistive technology.
 */
export function IntervalBar(props: {
  axis: Axis;
  share: number;
  interval: { readonly low: number; readonly high: number } | null;
  /** Smaller and paler, for what stands beside the main reading. */
  isMinor?: boolean;
}) {
  const { axis, share, interval } = props;
  return (
    <svg class={barClass(props.isMinor)} aria-hidden="true" focusable="false">
      <rect class="interval-axis" x="0" y="50%" width="100%" height="1" />
      {interval !== null && (
        <rect
          class="interval-range"
          x={place(axis, interval.low)}
          y="25%"
          width={place(axis, axis.start + interval.high - interval.low)}
          height="50%"
          rx="3"
        />
      )}
      <TargetLine axis={axis} />
      <circle class="interval-share" cx={place(axis, share)} cy="50%" r={props.isMinor ? 4 : 5.5} />
    </svg>
  );
}

/** The empty line of a figure that is not told, so that the target still reads across. */
export function EmptyBar({ axis }: { axis: Axis }) {
  return (
    <svg class={barClass(true)} aria-hidden="true" focusable="false">
      <rect class="interval-axis" x="0" y="50%" width="100%" height="1" />
      <TargetLine axis={axis} />
    </svg>
  );
}

/** What the line's left end and its target stand for. */
export function AxisLabels(props: { axis: Axis; startLabel: string; targetLabel: string }) {
  const { axis } = props;
  return (
    <svg class="axis-labels" aria-hidden="true" focusable="false">
      <text x="0" y="50%" text-anchor="start">
        {props.startLabel}
      </text>
      {axis.target !== null && (
        <text x={place(axis, axis.target)} y="50%" text-anchor="middle">
          {props.targetLabel}
        </text>
      )}
    </svg>
  );
}

/**
 * Where a line must begin for the lowest of these shares to be on it: at 0, 25 or 50 %. One line for all the bars of a page, so that
 * they can be read against one another.
 */
export function axisStart(lows: readonly number[]): number {
  const lowest = Math.min(1, ...lows);
  if (lowest >= 0.5) return 0.5;
  return lowest >= 0.25 ? 0.25 : 0;
}

function TargetLine({ axis }: { axis: Axis }) {
  if (axis.target === null) return null;
  const x = place(axis, axis.target);
  return <line class="interval-target" x1={x} x2={x} y1="0" y2="100%" />;
}

function place({ start }: Axis, share: number): string {
  return `${((100 * (share - start)) / (1 - start)).toFixed(2)}%`;
}

function barClass(isMinor: boolean | undefined): string {
  return isMinor === true ? 'interval-bar interval-bar-minor' : 'interval-bar';
}
