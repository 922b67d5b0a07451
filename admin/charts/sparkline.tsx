import './charts.css';

const HEIGHT = 64;
const MARGIN = 5;

/** A year in little: a line of shares that breaks where one may not be told, and the target. Its figures stand in a table. */
export function Sparkline(props: {
  /** 0–1; null leaves a gap. */
  shares: readonly (number | null)[];
  /** The share at the foot, 0–1; the head is 100 %. */
  start: number;
  target: number | null;
}) {
  const { shares, start, target } = props;
  const x = (index: number) => `${(100 * (index + 0.5)) / Math.max(1, shares.length)}%`;
  const y = (share: number) => MARGIN + (HEIGHT - 2 * MARGIN) * (1 - (share - start) / (1 - start));
  const told = shares.flatMap((share, index) => (share === null ? [] : [{ share, index }]));
  return (
    <svg class="sparkline" aria-hidden="true" focusable="false">
      {target !== null && <line class="interval-target" x1="0" x2="100%" y1={y(target)} y2={y(target)} />}
      {told.map(({ share, index }, place) => {
        const before = told[place - 1];
        const isJoined = before !== undefined && before.index === index - 1;
        return (
          <g key={index}>
            {isJoined && (
              <line
                class="spark-line"
                x1={x(before.index)}
                x2={x(index)}
                y1={y(before.share)}
                y2={y(share)}
              />
            )}
            <circle class="spark-point" cx={x(index)} cy={y(share)} r={index === shares.length - 1 ? 4 : 2} />
          </g>
        );
      })}
    </svg>
  );
}
