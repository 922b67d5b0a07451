import type { Plugin } from 'chart.js';
import type { TrendSeries } from './trend-series.ts';

/** In what the days are drawn: a strip under the curve for holidays, a line through it for what happens once. */
interface MarkColours {
  readonly ink: string;
  readonly inkSoft: string;
  readonly strip: string;
}

const STRIP_HEIGHT = 6;

/** Draws what the calendar holds: school holidays as a strip along the foot, public holidays as a notch in it, the team's own marks as lines. */
export function calendarMarks(series: TrendSeries, colour: MarkColours): Plugin<'line'> {
  return {
    id: 'calendar-marks',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const axis = scales['x'];
      if (axis === undefined) return;
      const half = (axis.getPixelForValue(1) - axis.getPixelForValue(0)) / 2;
      ctx.save();
      for (const [index, { events }] of series.points.entries()) {
        const x = axis.getPixelForValue(index);
        const left = Math.max(chartArea.left, x - half);
        const width = Math.min(chartArea.right, x + half) - left;
        if (events.includes('school-holidays')) {
          ctx.fillStyle = colour.strip;
          ctx.fillRect(left, chartArea.bottom - STRIP_HEIGHT, width, STRIP_HEIGHT);
        }
        if (events.includes('public-holiday')) {
          ctx.fillStyle = colour.inkSoft;
          ctx.fillRect(x - 1.5, chartArea.bottom - STRIP_HEIGHT, 3, STRIP_HEIGHT);
        }
        if (!events.includes('mark')) continue;
        ctx.strokeStyle = colour.ink;
        ctx.lineWidth = 1.5;
        ctx.setLineDash([2, 3]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.setLineDash([]);
      }
      ctx.restore();
    },
  };
}
