import './charts.css';

/**
 * A share on a line from 0 to 100 %, with its interval and the target. The figures stand beside it as text, so it is hidden from
 * assistive technology.
 */
export function IntervalBar(props: {
  share: number;
  interval: { readonly low: number; readonly high: number } | null;
  /** 0–1; no line without it. */
  target: number | null;
  /** Smaller and paler, for what stands beside the main reading. */
  isMinor?: boolean;
}) {
  const { share, interval, target } = props;
  return (
    <svg
      class={props.isMinor ? 'interval-bar interval-bar-minor' : 'interval-bar'}
      aria-hidden="true"
      focusable="false"
    >
      <rect class="interval-axis" x="0" y="50%" width="100%" height="1" />
      {interval !== null && (
        <rect
          class="interval-range"
          x={percent(interval.low)}
          y="25%"
          width={percent(interval.high - interval.low)}
          height="50%"
          rx="3"
        />
      )}
      {target !== null && (
        <line class="interval-target" x1={percent(target)} x2={percent(target)} y1="0" y2="100%" />
      )}
      <circle class="interval-share" cx={percent(share)} cy="50%" r={props.isMinor ? 4 : 5.5} />
    </svg>
  );
}

/** The empty line of a figure that is not told, so that the target still reads across. */
export function EmptyBar(props: { target: number | null }) {
  return (
    <svg class="interval-bar interval-bar-minor" aria-hidden="true" focusable="false">
      <rect class="interval-axis" x="0" y="50%" width="100%" height="1" />
      {props.target !== null && (
        <line
          class="interval-target"
          x1={percent(props.target)}
          x2={percent(props.target)}
          y1="0"
          y2="100%"
        />
      )}
    </svg>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
