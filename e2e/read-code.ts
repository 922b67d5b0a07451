import jsQR from 'jsqr';
import type { Page } from 'playwright-core';

/** Reads the QR code of what a page shows, from its pixels, as a telephone's camera would; null where there is none. */
export async function readCode(page: Page): Promise<string | null> {
  const picture = (await page.screenshot()).toString('base64');
  // A page of its own decodes the picture: the one that is looked at must not be touched.
  const decoder = await page.context().newPage();
  const { width, height, pixels } = await decoder.evaluate(async (png) => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser draws nothing.');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 8_192)
      text += String.fromCharCode(...data.subarray(at, at + 8_192));
    return { width: image.width, height: image.height, pixels: btoa(text) };
  }, picture);
  await decoder.close();
  const data = Uint8ClampedArray.from(Buffer.from(pixels, 'base64'));
  // The package's own types take a default export for the module itself.
  const read = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;
  return read(data, width, height)?.data ?? null;
}
