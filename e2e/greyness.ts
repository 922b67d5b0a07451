import type { Page } from 'playwright-core';

interface Likeness {
  /** How many faces were compared. */
  readonly count: number;
  /** Of the two most alike: the share of their dark points that is common to both, 0 to 1. */
  readonly alike: number;
  readonly words: readonly string[];
  /** Where each level stands in the order of reading: down first, then along the line. */
  readonly lefts: readonly number[];
}

/** Takes the faces of a screen as somebody sees them who sees no colour, and compares mouths, eyes and outlines. */
export async function likestFaces(page: Page): Promise<Likeness> {
  const levels = page.locator('.level:not(.level-aside)');
  const pictures: string[] = [];
  for (const face of await levels.locator('.face').all())
    pictures.push((await face.screenshot({ animations: 'disabled' })).toString('base64'));
  const seen = await page.evaluate(async (images) => {
    const side = 64;
    const dark: boolean[][] = [];
    for (const image of images) {
      const bytes = Uint8Array.from(atob(image), (letter) => letter.codePointAt(0) ?? 0);
      const canvas = new OffscreenCanvas(side, side);
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('Nothing to draw on.');
      pen.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/png' })), 0, 0, side, side);
      const { data } = pen.getImageData(0, 0, side, side);
      // In the middle lie eyes and mouth; the outline is the colour's edge, and is not needed to tell them apart.
      dark.push(
        Array.from({ length: side * side }, (_, point) => {
          const [red = 0, green = 0, blue = 0] = data.slice(point * 4, point * 4 + 3);
          const [x, y] = [point % side, Math.floor(point / side)];
          const isInside = Math.hypot(x - side / 2, y - side / 2) < side * 0.4;
          return isInside && 0.2126 * red + 0.7152 * green + 0.0722 * blue < 100;
        }),
      );
    }
    return dark;
  }, pictures);
  const alike = seen.flatMap((one, index) =>
    seen.slice(index + 1).map((other) => {
      const common = one.filter((isDark, point) => isDark && other[point] === true).length;
      const either = one.filter((isDark, point) => isDark || other[point] === true).length;
      return common / Math.max(1, either);
    }),
  );
  const lefts = await levels.evaluateAll((elements) =>
    elements.map((element) => {
      const { left, top } = element.getBoundingClientRect();
      return Math.round(top) * 10_000 + Math.round(left);
    }),
  );
  return { count: pictures.length, alike: Math.max(...alike), words: await levels.allInnerTexts(), lefts };
}
