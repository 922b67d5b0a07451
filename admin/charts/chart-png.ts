import { words } from '../words/words.ts';
import type { ChartFile } from './chart-file.ts';
import { chartColours } from './chart-colours.ts';
import { drawLegendEntry, LEGEND_MARK } from './legend-marks.ts';

/** In pixels of 96 to the inch; the picture holds twice as many. */
const WIDTH = 1_200;
const MARGIN = 40;
const DENSITY = 2;
const SIZES = { title: 30, line: 18, legend: 16, note: 14 };
const LEADING = 1.35;

/**
 * The chart as a picture to paste elsewhere: what it shows, of what, when and on which base stand in it, and whether it is made up. White, twice
 * as fine as the screen.
 *
 * @throws Error where the browser draws no pictures
 */
export async function chartPng(file: ChartFile): Promise<Blob> {
  await document.fonts?.ready;
  const draw = await file.draw();
  const height = layOut(measuring(), file, draw, false);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * DENSITY;
  canvas.height = Math.ceil(height) * DENSITY;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  context.scale(DENSITY, DENSITY);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, WIDTH, height);
  layOut(context, file, draw, true);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture came to nothing.'));
      else resolve(blob);
    }, 'image/png');
  });
}

function measuring(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  return context;
}

/** Writes and draws from the top down; returns where it ends. */
function layOut(
  context: CanvasRenderingContext2D,
  file: ChartFile,
  draw: Awaited<ReturnType<ChartFile['draw']>>,
  isDrawn: boolean,
): number {
  const colour = chartColours();
  const face = getComputedStyle(document.body).fontFamily;
  let top = MARGIN;
  const write = (text: string, size: number, look: { weight: number; ink: string }) => {
    context.font = `${look.weight} ${size}px ${face}`;
    context.fillStyle = look.ink;
    context.textBaseline = 'top';
    context.textAlign = 'left';
    for (const line of wrapped(context, text, WIDTH - 2 * MARGIN)) {
      if (isDrawn) context.fillText(line, MARGIN, top);
      top += size * LEADING;
    }
  };
  if (file.isDemonstration)
    write(words.chartFiles.demonstration, SIZES.line, { weight: 700, ink: colour.bad });
  write(file.title, SIZES.title, { weight: 680, ink: colour.ink });
  top += 6;
  for (const line of file.lines) write(line, SIZES.line, { weight: 400, ink: colour.inkSoft });
  top += 14;
  if (isDrawn) {
    context.save();
    context.translate(MARGIN, top);
    draw(context, WIDTH - 2 * MARGIN, file.height);
    context.restore();
  }
  top += file.height + 16;
  context.font = `400 ${SIZES.legend}px ${face}`;
  let left = MARGIN;
  for (const entry of file.legend) {
    const width = LEGEND_MARK.width + 8 + context.measureText(entry.text).width + 28;
    if (left > MARGIN && left + width > WIDTH - MARGIN) {
      left = MARGIN;
      top += SIZES.legend * 1.6;
    }
    if (isDrawn) {
      drawLegendEntry(context, entry.look, left, top + SIZES.legend / 2, colour);
      context.fillStyle = colour.inkSoft;
      context.textBaseline = 'top';
      context.fillText(entry.text, left + LEGEND_MARK.width + 8, top);
    }
    left += width;
  }
  if (file.legend.length > 0) top += SIZES.legend * 2;
  for (const note of file.notes) write(note, SIZES.note, { weight: 400, ink: colour.inkSoft });
  return top + MARGIN - 10;
}

/** Lines that are not wider than there is room. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  // A no-break space holds its words together.
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
