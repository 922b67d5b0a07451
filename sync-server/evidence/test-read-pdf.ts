import { inflateSync } from 'node:zlib';

/** A page of a document as a reader copies it out: its pieces of text in the order they were written. */
export interface PdfReading {
  readonly pages: readonly (readonly string[])[];
  /** Every word of it, white space made one. */
  readonly text: string;
  /** The whole file, its streams unpacked: for what stands in its structure. */
  readonly source: string;
}

/** Reads the text of a document back, written apart from the writer: by its fonts' own tables of what their glyphs mean. */
export function readPdf(bytes: Buffer): PdfReading {
  const raw = bytes.toString('latin1');
  const objects = new Map<string, string>();
  for (const [, number = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(number, body);
  const streamOf = (number: string): string => {
    const body = objects.get(number) ?? '';
    const start = body.indexOf('stream\n');
    if (start < 0) return body;
    const content = Buffer.from(body.slice(start + 7, body.lastIndexOf('\nendstream')), 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(content) : content).toString('latin1');
  };
  const meaningsOf = (font: string): ReadonlyMap<string, string> => {
    const [, map = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '') ?? [];
    return glyphMeanings(streamOf(map));
  };
  const pages = [...objects.values()]
    .filter((body) => /\/Type \/Page\b(?!s)/.test(body))
    .map((body) => {
      const [, contents = ''] = /\/Contents (\d+) 0 R/.exec(body) ?? [];
      const [, resources = ''] = /\/Resources (\d+) 0 R/.exec(body) ?? [];
      const fonts = new Map(
        [...(objects.get(resources) ?? body).matchAll(/\/(F\d+) (\d+) 0 R/g)].map(
          ([, name = '', number = '']) => [name, meaningsOf(number)],
        ),
      );
      return shownTexts(streamOf(contents), fonts);
    });
  return {
    pages,
    text: pages.flat().join(' ').replaceAll(/\s+/g, ' '),
    source: [raw, ...[...objects.keys()].map(streamOf)].join('\n'),
  };
}

function glyphMeanings(map: string): ReadonlyMap<string, string> {
  const meanings = new Map<string, string>();
  const spoken = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').swap16().toString('utf16le');
  for (const [, first = '', last = '', list = ''] of map.matchAll(
    /<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi,
  )) {
    const texts = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => spoken(hex));
    for (let glyph = Number.parseInt(first, 16); glyph <= Number.parseInt(last, 16); glyph += 1)
      meanings.set(hexOf(glyph), texts[glyph - Number.parseInt(first, 16)] ?? '');
  }
  return meanings;
}

function shownTexts(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const texts: string[] = [];
  let meanings: ReadonlyMap<string, string> = new Map();
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) meanings = fonts.get(font) ?? new Map();
    else
      texts.push(
        [...(shown ?? '').matchAll(/<([0-9a-f]*)>/gi)]
          .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
          .map((glyph) => meanings.get(glyph.toLowerCase()) ?? '?')
          .join(''),
      );
  }
  return texts;
}

function hexOf(glyph: number): string {
  return glyph.toString(16).padStart(4, '0');
}
