import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ResponsesWriter } from './file.ts';
import { hostileTexts } from './test-hostile-texts.ts';
import { bytesOf, responseFile, storedResponse } from './test-response-file.ts';
import { writeCsvForPeople } from './write-csv.ts';
import { writeOds } from './write-ods.ts';
import { writeXlsx } from './write-xlsx.ts';

/** Semicolons, double quotes, UTF-8, from the first line, French; what is quoted is text. */
const FRENCH_CSV = 'CSV:59,34,76,1,,1036,true,false,false';
const TEXTS = hostileTexts(5_000);
const isNightly = process.env['PARVIS_NIGHTLY'] === '1';
const soffice = isNightly ? findSoffice() : null;
if (isNightly && soffice === null)
  process.stderr.write('\n!! LibreOffice is not here: 5,000 hostile texts were NOT opened by it.\n\n');

function findSoffice(): string | null {
  try {
    return execFileSync('sh', ['-c', 'command -v soffice'], { encoding: 'utf8' }).trim() || null;
  } catch (error) {
    // The shell says by its code that there is none.
    if (error instanceof Error && 'status' in error) return null;
    throw error;
  }
}

/** A file as LibreOffice understands it, told in its flat format: the texts of the last column but one, and every formula it found. */
async function openedByLibreOffice(write: ResponsesWriter, ending: string, filter: string | null) {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-soffice-'));
  try {
    const file = join(folder, `file.${ending}`);
    writeFileSync(file, await bytesOf(write, responseFile(TEXTS.map((text) => storedResponse({ text })))));
    await promisify(execFile)(
      soffice ?? '',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        ...(filter === null ? [] : [`--infilter=${filter}`]),
        '--convert-to',
        'fods',
        '--outdir',
        folder,
        file,
      ],
      { timeout: 240_000 },
    );
    const flat = readFileSync(join(folder, 'file.fods'), 'utf8');
    const [sheet = ''] = /<table:table [\s\S]*?<\/table:table>/.exec(flat) ?? [];
    return { texts: suggestionsIn(sheet), formulas: flat.match(/table:formula="[^"]*"/g) ?? [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function suggestionsIn(sheet: string): readonly string[] {
  const [, ...rows] = sheet.split('<table:table-row').slice(1);
  return rows.flatMap((row) => {
    const cells = [
      ...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g),
    ].flatMap(([, attributes = '', content = '']) => {
      const repeated = Number(/number-columns-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
      return repeated > 100 ? [] : Array<string>(repeated).fill(content);
    });
    const text = cells.at(-2);
    return text === undefined ? [] : [plain(text)];
  });
}

function plain(content: string): string {
  return content
    .replaceAll('<text:p/>', '<text:p></text:p>')
    .split('</text:p>')
    .slice(0, -1)
    .map((paragraph) =>
      paragraph
        .replaceAll(/\s*<text:p[^>]*>/g, '')
        .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count = '1') => ' '.repeat(Number(count)))
        .replaceAll('<text:tab/>', '\t')
        .replaceAll('<text:line-break/>', '\n')
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&apos;', "'")
        .replaceAll('&#x0d;', '\r')
        .replaceAll('&amp;', '&'),
    )
    .join('\n');
}

/** What every spreadsheet does to a text: ends of lines become one kind, and what XML cannot say is lost or shown as a sign. */
function comparable(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/(?![\t\n])[\p{Cc}\uFFFD\uFFFE\uFFFF]/gu, '')
      .replaceAll(/_x[0-9A-F]{4}_/gi, '')
      // In a cell of several lines LibreOffice 7.4 loses tabs when it tells the cell, from whatever file it had it.
      .replaceAll(text.includes('\n') || text.includes('\r') ? '\t' : /$^/g, '')
  );
}

describe.runIf(soffice !== null)('T26 LibreOffice opens 5,000 hostile texts', () => {
  it.for([
    ['csv', writeCsvForPeople, FRENCH_CSV],
    ['xlsx', writeXlsx, null],
    ['ods', writeOds, null],
  ] as const)(
    'of %s without finding a formula, and reads each as it was written',
    { timeout: 300_000 },
    async ([ending, write, filter], { task }) => {
      const { texts, formulas } = await openedByLibreOffice(write, ending, filter);
      expect(formulas).toEqual([]);
      expect(texts).toHaveLength(TEXTS.length);
      const differing = TEXTS.flatMap((text, index) => {
        const read = comparable(texts[index] ?? '');
        const written = comparable(text);
        return read === written || read === `'${written}` ? [] : [[written, read]];
      });
      expect(differing).toEqual([]);
      task.meta.figures = { strings: texts.length, formulas: formulas.length };
    },
  );
});
