import { chartColours } from './chart-colours.ts';
import type { DrawChart } from './chart-file.ts';

/** Small charts of one scale under one another: a name, a year in little, a figure in words. */
export interface PanelsDrawing {
  readonly rows: readonly {
    readonly name: string;
    readonly figure: string;
    readonly small: string;
    /** 0–1; null leaves a gap. */
    readonly shares: readonly (number | null)[];
    readonly target: number | null;
  }[];
  /** The share at the foot of each, 0–1. */
  readonly start: number;
  /** The share at the head, 0–1; 1 unless said otherwise. */
  readonly end?: number;
  readonly rowHeight: number;
}

const NAMES_SHARE = 0.34;
const FIGURES_SHARE = 0.22;
const PADDING = 14;

export function drawPanels({ rows, start, end = 1, rowHeight }: PanelsDrawing): DrawChart {
  return (context, width) => {
    const colour = chartColours();
    const face = getComputedStyle(document.body).fontFamily;
    const left = width * NAMES_SHARE;
    const right = width * (1 - FIGURES_SHARE) - PADDING;
    const write = (text: string, x: number, y: number, font: string, ink: string, room: number) => {
      context.font = `${font} ${face}`;
      context.fillStyle = ink;
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      context.fillText(text, x, y, room);
    };
    for (const [line, { name, figure, small, shares, target }] of rows.entries()) {
      const top = line * rowHeight;
      const y = (share: number) =>
        top + PADDING + (rowHeight - 2 * PADDING) * (1 - (share - start) / (end - start));
      const x = (index: number) => left + ((right - left) * (index + 0.5)) / Math.max(1, shares.length);
      context.strokeStyle = colour.line;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(0, top + rowHeight - 0.5);
      context.lineTo(width, top + rowHeight - 0.5);
      context.stroke();
      write(name, 0, top + rowHeight / 2, '600 18px', colour.ink, left - PADDING);
      const beside = right + 2 * PADDING;
      write(figure, beside, top + rowHeight * 0.36, '680 20px', colour.ink, width - beside);
      write(small, beside, top + rowHeight * 0.7, '400 15px', colour.inkSoft, width - beside);
      if (target !== null && shares.length > 0) {
        context.strokeStyle = colour.ink;
        context.lineWidth = 1.5;
        context.setLineDash([6, 4]);
        context.beginPath();
        context.moveTo(left, y(target));
        context.lineTo(right, y(target));
        context.stroke();
        context.setLineDash([]);
      }
      context.strokeStyle = colour.accent;
      context.fillStyle = colour.accent;
      context.lineWidth = 2.5;
      for (const [index, share] of shares.entries()) {
        if (share === null) continue;
        const before = shares[index - 1];
        if (before != null) {
          context.beginPath();
          context.moveTo(x(index - 1), y(before));
          context.lineTo(x(index), y(share));
          context.stroke();
        }
        context.beginPath();
        context.arc(x(index), y(share), 3.5, 0, 2 * Math.PI);
        context.fill();
      }
    }
  };
}
