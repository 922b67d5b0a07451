import type { ChartColours } from './chart-colours.ts';
import type { LegendEntry } from './chart-file.ts';

export const LEGEND_MARK = { width: 26 };

/** Draws the mark of a key, as the page's own key has it, from `left` and around `middle`. */
export function drawLegendEntry(
  context: CanvasRenderingContext2D,
  look: LegendEntry['look'],
  left: number,
  middle: number,
  colour: ChartColours,
): void {
  const { width } = LEGEND_MARK;
  const centre = left + width / 2;
  const line = (stroke: string, thickness: number, dash: readonly number[] = []) => {
    context.strokeStyle = stroke;
    context.lineWidth = thickness;
    context.setLineDash([...dash]);
    context.beginPath();
    context.moveTo(left, middle);
    context.lineTo(left + width, middle);
    context.stroke();
    context.setLineDash([]);
  };
  const box = (fill: string, height: number, across = width) => {
    context.fillStyle = fill;
    context.fillRect(centre - across / 2, middle - height / 2, across, height);
  };
  const dot = (fill: string, stroke: string) => {
    context.beginPath();
    context.arc(centre, middle, 4.5, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = stroke;
    context.lineWidth = 1.5;
    context.stroke();
  };
  switch (look) {
    case 'rolling':
      return line(colour.accent, 3);
    case 'band':
      return box(`${colour.accent}33`, 12);
    case 'limits':
      return box(`${colour.inkSoft}2b`, 12);
    case 'centre':
      return line(colour.inkSoft, 1.5);
    case 'target':
      return line(colour.ink, 2, [6, 4]);
    case 'weekly':
      return dot(colour.surface, colour.inkSoft);
    case 'run':
      return dot(colour.inkSoft, colour.inkSoft);
    case 'outside':
      context.beginPath();
      context.moveTo(centre, middle - 6);
      context.lineTo(centre + 6, middle);
      context.lineTo(centre, middle + 6);
      context.lineTo(centre - 6, middle);
      context.fillStyle = colour.bad;
      return context.fill();
    case 'holidays':
      return box(colour.holidays, 6);
    case 'holiday':
      return box(colour.inkSoft, 6, 3);
    case 'mark':
      context.strokeStyle = colour.ink;
      context.lineWidth = 1.5;
      context.setLineDash([2, 3]);
      context.beginPath();
      context.moveTo(centre, middle - 8);
      context.lineTo(centre, middle + 8);
      context.stroke();
      return context.setLineDash([]);
    case 'reached':
    case 'near':
    case 'below':
      return box(colour[look], 14);
    case 'untold':
      context.strokeStyle = colour.line;
      context.lineWidth = 1;
      return context.strokeRect(left, middle - 7, width, 14);
  }
}
