import './charts.css';

export interface Level {
  readonly code: string;
  readonly label: string;
  readonly count: number;
  /** Which colour, 1 best to 4 worst; `neutral` for what has no order. */
  readonly tone: 1 | 2 | 3 | 4 | 'neutral';
}

/** The levels side by side, each as wide as its count. The counts stand in the table beside it. */
export function LevelBar(props: { levels: readonly Level[] }) {
  const total = props.levels.reduce((sum, level) => sum + level.count, 0);
  if (total === 0) return null;
  let before = 0;
  return (
    <svg class="level-bar" aria-hidden="true" focusable="false">
      {props.levels
        .filter((level) => level.count > 0)
        .map((level) => {
          const x = (before / total) * 100;
          const width = (level.count / total) * 100;
          before += level.count;
          return (
            <g key={level.code}>
              <rect class={`level level-${level.tone}`} x={`${x}%`} width={`${width}%`} height="100%" />
              {width > 7 && (
                <text class={`level-count level-count-${level.tone}`} x={`${x + width / 2}%`} y="50%">
                  {level.count}
                </text>
              )}
            </g>
          );
        })}
    </svg>
  );
}
