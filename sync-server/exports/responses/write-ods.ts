import type { CellKind } from '../table.ts';
import { dayText } from '../words.ts';
import type { ResponsesWriter } from './file.ts';
import { rowParts } from './row-parts.ts';
import { explainingSheets, responsesSheet, type RowSheet, type SheetColumn } from './sheets.ts';
import { Utf8Chunks, utf8Text } from './utf8-text.ts';
import { escapeXml, PLAIN, UNSPEAKABLE } from './xml-text.ts';
import { type ZipPart, zipStream } from './zip-stream.ts';

const TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SPACES = ['office', 'table', 'text', 'style', 'fo', 'number']
  .map((name) => {
    const space = { fo: 'xsl-fo-compatible', number: 'datastyle' }[name] ?? name;
    return ` xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${space}:1.0"`;
  })
  .join('');
const STYLES = `<office:automatic-styles><number:date-style style:name="JMA"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="jour" style:family="table-cell" style:data-style-name="JMA"/><style:style style:name="titre" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>`;

/** An OpenDocument spreadsheet in words that explains itself, written as it is read: the kept writers hold all of it in memory. */
export const writeOds: ResponsesWriter = async function* (file) {
  yield* zipStream(partsOf([sheetText(responsesSheet(file)), ...explainingSheets(file).map(sheetText)]));
};

/** The same of sheets of any kind. */
export function odsOf<Row>(sheets: readonly RowSheet<Row>[]): AsyncGenerator<Uint8Array> {
  return zipStream(partsOf(sheets.map((sheet) => sheetText(sheet))));
}

function* partsOf(sheets: readonly AsyncIterable<Uint8Array>[]): Generator<ZipPart> {
  yield { path: 'mimetype', content: TYPE, isStored: true };
  yield {
    path: 'META-INF/manifest.xml',
    content: `${DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
  };
  yield { path: 'content.xml', content: content(sheets) };
}

async function* content(sheets: readonly AsyncIterable<Uint8Array>[]): AsyncGenerator<Uint8Array> {
  yield Buffer.from(
    `${DECLARATION}<office:document-content${SPACES} office:version="1.2">${STYLES}<office:body><office:spreadsheet>`,
  );
  for (const sheet of sheets) yield* sheet;
  yield Buffer.from('</office:spreadsheet></office:body></office:document-content>');
}

async function* sheetText<Row>({ name, columns, batches }: RowSheet<Row>): AsyncGenerator<Uint8Array> {
  const chunks = new Utf8Chunks();
  chunks.add(
    utf8Text(
      `<table:table table:name="${escapeXml(name)}"><table:table-column table:number-columns-repeated="${columns.length}"/><table:table-row>${columns
        .map(({ heading }) => textCell(heading, ' table:style-name="titre"'))
        .join('')}</table:table-row>`,
    ),
  );
  const parts = rowParts<Row, SheetColumn<Row>, string>(columns, (side) => {
    const cells = side.map(({ kind, value }) => cellWriter(kind, value));
    return (row) => utf8Text(cells.map((cell) => cell(row)).join(''));
  });
  for await (const batch of batches)
    for (const row of batch) {
      let line = '';
      for (const part of parts) line += part(row);
      chunks.add(`<table:table-row>${line}</table:table-row>`);
      if (chunks.isFull) yield chunks.take();
    }
  chunks.add('</table:table>');
  yield chunks.take();
}

function cellWriter<Row>(kind: CellKind, value: SheetColumn<Row>['value']): (row: Row) => string {
  const write = writerOf(kind);
  return (row) => {
    const cell = value(row);
    if (cell === null || cell === '') return '<table:table-cell/>';
    return typeof cell === 'number' ? numberCell(cell) : write(cell);
  };
}

function writerOf(kind: CellKind): (text: string) => string {
  if (kind !== 'day') return (text) => textCell(text);
  return (day) =>
    `<table:table-cell table:style-name="jour" office:value-type="date" office:date-value="${escapeXml(day)}"><text:p>${escapeXml(dayText(day))}</text:p></table:table-cell>`;
}

function numberCell(value: number): string {
  return `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
}

/** A string, whatever it looks like: a formula would have an attribute of its own. */
function textCell(text: string, attributes = ''): string {
  if (PLAIN.test(text))
    return `<table:table-cell${attributes} office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
  const paragraphs = text.split(/\r\n|\r|\n/).map((line) => `<text:p>${lineText(line)}</text:p>`);
  return `<table:table-cell${attributes} office:value-type="string">${paragraphs.join('')}</table:table-cell>`;
}

/**
 * White space that stands together would become one space. A tab stays one: LibreOffice drops the element that is meant for it. What XML cannot say is shown as a sign
 * that could not be read.
 */
function lineText(line: string): string {
  return escapeXml(line.replaceAll(UNSPEAKABLE, '\uFFFD')).replaceAll(
    /^ | {2,}| $/g,
    (spaces) => `<text:s text:c="${spaces.length}"/>`,
  );
}
