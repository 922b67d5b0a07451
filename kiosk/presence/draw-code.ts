import { encode } from 'uqr';

const SVG = 'http://www.w3.org/2000/svg';
/** Modules of white around the code, which readers need to find it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** Draws a text as a QR code: dark squares of one path on white, whatever the colours around it. */
export function drawCode(page: Document, text: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const drawing = page.createElementNS(SVG, 'svg');
  drawing.setAttribute('class', 'presence-code');
  drawing.setAttribute('viewBox', `0 0 ${size} ${size}`);
  // The words beside it say what it is; a code means nothing read out.
  drawing.setAttribute('aria-hidden', 'true');
  const squares = page.createElementNS(SVG, 'path');
  squares.setAttribute('d', runsOf(data));
  drawing.append(squares);
  return drawing;
}

/** One rectangle for each row's run of dark modules. */
function runsOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = [];
  rows.forEach((row, y) => {
    let start = 0;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] === true) continue;
      if (x > start) runs.push(`M${start} ${y}h${x - start}v1H${start}z`);
      start = x + 1;
    }
  });
  return runs.join('');
}
