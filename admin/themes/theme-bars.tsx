import type { ThemeTrend } from '../../protocol/themes.ts';

const BAR_PX = 14;
const GAP_PX = 4;
const HEIGHT_PX = 48;

/** The largest share of a week's texts that any theme has: what the tallest bar stands for. */
export function highestShare({ weeks }: ThemeTrend): number {
  const shares = weeks.flatMap(({ base, counts }) =>
    counts === null || base === 0 ? [] : Object.values(counts).map((count) => count / base),
  );
  return Math.max(0.1, ...shares);
}

/**
 * One theme's share of each week's texts; drawn for the eye alone, since the table says the same in words.
 *
 * @param highest the share that fills the height, the same for all that stand beside each other
 */
export function ThemeBars({
  trend,
  themeId,
  highest,
}: {
  trend: ThemeTrend;
  themeId: string;
  highest: number;
}) {
  const width = trend.weeks.length * (BAR_PX + GAP_PX);
  return (
    <svg
      class="theme-bars"
      viewBox={`0 0 ${width} ${HEIGHT_PX + 1}`}
      width={width}
      height={HEIGHT_PX + 1}
      aria-hidden="true"
      focusable="false"
    >
      {trend.weeks.map(({ week, base, counts, disclosure }, index) => {
        if (counts === null || base === 0) return null;
        const height = ((counts[themeId] ?? 0) / base / highest) * HEIGHT_PX;
        return (
          <rect
            key={week}
            class={disclosure === 'counts-only' ? 'theme-bar theme-bar-unsure' : 'theme-bar'}
            x={index * (BAR_PX + GAP_PX)}
            y={HEIGHT_PX - height}
            width={BAR_PX}
            height={height}
          />
        );
      })}
      <path class="theme-axis" d={`M0 ${HEIGHT_PX + 0.5}H${width}`} />
    </svg>
  );
}
