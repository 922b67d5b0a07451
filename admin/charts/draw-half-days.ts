import { chartColours } from './chart-colours.ts';
import type { DrawChart } from './chart-file.ts';

/** The map of half-days as it is drawn: rows of cells, each with its figure written in it. */
export interface HalfDaysDrawing {
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly {
      readonly text: string;
      readonly small: string;
      readonly band: 'reached' | 'near' | 'below' | 'untold';
    }[];
  }[];
  readonly headHeight: number;
  readonly rowHeight: number;
}

const NAMES_SHARE = 0.2;
const GAP = 4;

export function drawHalfDays({ heads, rows, headHeight, rowHeight }: HalfDaysDrawing): DrawChart {
  return (context, width) => {
    const colour = chartColours();
    const face = getComputedStyle(document.body).fontFamily;
    const first = width * NAMES_SHARE;
    const cellWidth = (width - first) / heads.length;
    const write = (text: string, x: number, y: number, font: string, ink: string) => {
      context.font = `${font} ${face}`;
      context.fillStyle = ink;
      context.textBaseline = 'middle';
      context.textAlign = 'left';
      context.fillText(text, x, y);
    };
    for (const [index, head] of heads.entries())
      write(head, first + index * cellWidth + 14, headHeight / 2, '600 17px', colour.inkSoft);
    for (const [line, { name, cells }] of rows.entries()) {
      const top = headHeight + line * rowHeight;
      write(name, 0, top + rowHeight / 2, '600 18px', colour.ink);
      for (const [index, { text, small, band }] of cells.entries()) {
        const left = first + index * cellWidth;
        context.fillStyle = band === 'untold' ? '#ffffff' : colour[band];
        context.fillRect(left, top, cellWidth - GAP, rowHeight - GAP);
        context.strokeStyle = colour.line;
        context.lineWidth = 1;
        context.strokeRect(left + 0.5, top + 0.5, cellWidth - GAP - 1, rowHeight - GAP - 1);
        write(text, left + 14, top + rowHeight * (small === '' ? 0.5 : 0.36), '680 20px', colour.ink);
        write(small, left + 14, top + rowHeight * 0.7, '400 15px', colour.ink);
      }
    }
  };
}
