import { encode } from 'uqr';

/** Modules of white around the code, which readers need to find it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A text as a QR code; what it says must stand beside it as well, for whoever does not see it. */
export function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} aria-hidden="true" focusable="false">
      <path d={runsOf(data)} />
    </svg>
  );
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
