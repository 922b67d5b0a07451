import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files under a folder that hold a text, as UTF-8, as UTF-16 or behind base64. */
export async function filesHolding(folder: string, text: string): Promise<readonly string[]> {
  const wanted = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'), ...inBase64(text)];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file).catch(() => Buffer.alloc(0));
      return wanted.some((one) => bytes.includes(one));
    }),
  );
  return files.filter((_, index) => held[index] === true);
}

/** What stays the same in the base64 of a text, wherever in a group of three it begins. */
function inBase64(text: string): readonly Buffer[] {
  return [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text, 'utf8')]);
    const whole = bytes.toString('base64').replace(/=+$/, '');
    return Buffer.from(whole.slice(shift === 0 ? 0 : 4, -2), 'utf8');
  });
}
