import type { CellKind } from '../table.ts';
import type { ResponsesFile } from './file.ts';
import { rowParts } from './row-parts.ts';
import {
  explainingSheets,
  MOST_SHEET_ROWS,
  responsesSheet,
  type RowSheet,
  type SheetColumn,
} from './sheets.ts';
import { Utf8Chunks, utf8Text } from './utf8-text.ts';
import { escapeXml, PLAIN, UNSPEAKABLE } from './xml-text.ts';
import { type ZipPart, zipStream } from './zip-stream.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Cell formats of `xl/styles.xml`, by place. */
const HEADING = 1;
const DAY = 2;
/** The first day of a workbook's calendar is the last but one of 1899. */
const CALENDAR_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** Stands for the row's number in cells that are written once for many rows: a sign that XML cannot hold, so that no text has it. */
const ROW_NUMBER = '\0';
/** So many texts are written once and pointed at; those beyond are written where they stand. */
const SHARED_TEXTS = 10_000;

/** A workbook in words that explains itself, written as it is read. What does not fit on a sheet goes on on the next. */
export async function* writeXlsx(
  file: ResponsesFile,
  sheetRows = MOST_SHEET_ROWS,
): AsyncGenerator<Uint8Array> {
  yield* zipStream(partsOf(responsesSheet(file), explainingSheets(file), sheetRows));
}

async function* partsOf<First, Other>(
  first: RowSheet<First>,
  others: readonly RowSheet<Other>[],
  sheetRows: number,
): AsyncGenerator<ZipPart> {
  const shared = new SharedTexts();
  const names: string[] = [];
  const rows = new RowSource(first.batches);
  do {
    names.push(names.length === 0 ? first.name : `${first.name} ${names.length + 1}`);
    yield {
      path: sheetPath(names.length),
      content: sheetText(first.columns, rows.upTo(sheetRows - 1), shared),
    };
  } while (await rows.hasMore());
  for (const sheet of others) {
    names.push(sheet.name);
    yield { path: sheetPath(names.length), content: sheetText(sheet.columns, sheet.batches, shared) };
  }
  yield* frameParts(names, shared);
}

function* frameParts(names: readonly string[], shared: SharedTexts): Generator<ZipPart> {
  const ids = names.map((_, index) => `rId${index + 1}`);
  yield { path: 'xl/sharedStrings.xml', content: shared.text() };
  yield {
    path: 'xl/styles.xml',
    content: `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  };
  yield {
    path: 'xl/workbook.xml',
    content: `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="${ids[index]}"/>`)
      .join('')}</sheets></workbook>`,
  };
  yield {
    path: 'xl/_rels/workbook.xml.rels',
    content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${names
      .map((_, index) => relationship(ids[index] ?? '', 'worksheet', `worksheets/sheet${index + 1}.xml`))
      .join(
        '',
      )}${relationship('rIdStyles', 'styles', 'styles.xml')}${relationship('rIdTexts', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
  };
  yield {
    path: '_rels/.rels',
    content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${relationship('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
  };
  yield {
    path: '[Content_Types].xml',
    content: `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/>${names
      .map(
        (_, index) => `<Override PartName="/${sheetPath(index + 1)}" ContentType="${TYPE}.worksheet+xml"/>`,
      )
      .join('')}</Types>`,
  };
}

async function* sheetText<Row>(
  columns: readonly SheetColumn<Row>[],
  batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  shared: SharedTexts,
): AsyncGenerator<Uint8Array> {
  const chunks = new Utf8Chunks();
  chunks.add(
    utf8Text(
      `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
        .map(
          ({ width }, index) =>
            `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
        )
        .join('')}</cols><sheetData><row r="1">${columns
        .map(({ heading }, index) => `<c r="${letters(index)}1" s="${HEADING}"${shared.cell(heading)}`)
        .join('')}</row>`,
    ),
  );
  const parts = rowParts<Row, SheetColumn<Row>, readonly string[]>(columns, (side, first) => {
    const cells = side.map(({ kind, isFree, value }, index) => {
      const start = `<c r="${letters(first + index)}${ROW_NUMBER}"`;
      const write = textWriter(kind, isFree, shared);
      return (row: Row) => {
        const cell = value(row);
        if (cell === null || cell === '') return '';
        return start + (typeof cell === 'number' ? `><v>${cell}</v></c>` : write(cell));
      };
    });
    return (row) => utf8Text(cells.map((cell) => cell(row)).join('')).split(ROW_NUMBER);
  });
  let number = 1;
  for await (const batch of batches)
    for (const row of batch) {
      number += 1;
      const told = String(number);
      let line = '';
      for (const part of parts) line += part(row).join(told);
      chunks.add(`<row r="${told}">${line}</row>`);
      if (chunks.isFull) yield chunks.take();
    }
  chunks.add('</sheetData></worksheet>');
  yield chunks.take();
}

function textWriter(kind: CellKind, isFree: boolean, shared: SharedTexts): (text: string) => string {
  if (kind === 'day') return (day) => ` s="${DAY}"><v>${(Date.parse(day) - CALENDAR_MS) / DAY_MS}</v></c>`;
  return isFree ? inlineCell : (text) => shared.cell(text);
}

/** Texts that stand in many cells. */
class SharedTexts {
  readonly #cells = new Map<string, string>();

  /** The rest of a cell that holds this text, from its attributes on. */
  cell(text: string): string {
    const known = this.#cells.get(text);
    if (known !== undefined) return known;
    if (this.#cells.size >= SHARED_TEXTS) return inlineCell(text);
    const cell = ` t="s"><v>${this.#cells.size}</v></c>`;
    this.#cells.set(text, cell);
    return cell;
  }

  text(): string {
    const texts = [...this.#cells.keys()].map((text) => `<si>${textElement(text)}</si>`);
    return `${DECLARATION}<sst xmlns="${MAIN}" uniqueCount="${texts.length}">${texts.join('')}</sst>`;
  }
}

/** A string, whatever it looks like: never a formula. */
function inlineCell(text: string): string {
  return ` t="inlineStr"><is>${textElement(text)}</is></c>`;
}

function textElement(text: string): string {
  if (PLAIN.test(text)) return `<t>${text}</t>`;
  const spoken = text
    // What looks like the format's own escape would be read as one.
    .replaceAll(/_x[0-9A-Fa-f]{4}_/g, '_x005F$&')
    .replaceAll(UNSPEAKABLE, (sign) => escaped(sign))
    .replaceAll('\r', escaped('\r'));
  return `<t xml:space="preserve">${escapeXml(spoken)}</t>`;
}

/** Half a character is no character: it is shown as one that could not be read, as everywhere else. */
function escaped(sign: string): string {
  const code = sign.charCodeAt(0);
  return code >= 0xd800 && code <= 0xdfff
    ? '\uFFFD'
    : `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** Rows that go on on another sheet. */
class RowSource<Row> {
  readonly #batches: AsyncIterator<readonly Row[]> | Iterator<readonly Row[]>;
  #left: readonly Row[] = [];

  constructor(batches: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>) {
    this.#batches =
      Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.#left.length === 0) {
      const next = await this.#batches.next();
      if (next.done === true) return false;
      this.#left = next.value;
    }
    return true;
  }

  async *upTo(most: number): AsyncGenerator<readonly Row[]> {
    for (let left = most; left > 0 && (await this.hasMore()); ) {
      const batch = this.#left.slice(0, left);
      this.#left = this.#left.slice(left);
      left -= batch.length;
      yield batch;
    }
  }
}

function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

/** A, B, … Z, AA, AB … */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
