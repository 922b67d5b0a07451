import { fileURLToPath } from 'node:url';
import pdfkit from 'pdfkit';

/** The letters of every document: those of the pages, one cut of each weight. */
export const PAGE_FONTS = {
  regular: fileURLToPath(new URL('fonts/atkinson-hyperlegible-next-regular.ttf', import.meta.url)),
  bold: fileURLToPath(new URL('fonts/atkinson-hyperlegible-next-bold.ttf', import.meta.url)),
} as const;
const MARGIN = 50;
const FOOT = 34;
const INK = '#1d2327';
const SOFT = '#4c565c';
const RULE = '#c6cdc9';
const SIZES = { H1: 22, H2: 15, H3: 11.5 } as const;
const TEXT_SIZE = 9.5;
const CELL_PADDING = 3;
const CELL_SIDE = 6;

/** A column of a table; `share` of the width of the page. */
export interface PageColumn {
  readonly heading: string;
  readonly share: number;
  readonly isNumber?: boolean;
}

/** A4 pages that a screen reader reads as it would a document: headings, paragraphs, tables with their headings (PDF/UA). */
export class TaggedPages {
  readonly #document: PDFKit.PDFDocument;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #pieces: Buffer[] = [];
  readonly #ended: Promise<void>;

  constructor(info: { readonly title: string; readonly madeMs: number }) {
    const made = new Date(info.madeMs);
    this.#document = new pdfkit({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      pdfVersion: '1.7',
      // The types lag behind the library.
      subset: 'PDF/UA' as 'PDF/A-1',
      tagged: true,
      lang: 'fr-FR',
      displayTitle: true,
      bufferPages: true,
      font: PAGE_FONTS.regular,
      info: { Title: info.title, Author: 'Parvis', CreationDate: made, ModDate: made },
    });
    this.#document.on('data', (piece: Buffer) => this.#pieces.push(piece));
    this.#ended = new Promise((resolve, reject) => {
      this.#document.once('end', () => resolve());
      this.#document.once('error', reject);
    });
    this.#root = this.#document.struct('Document');
    this.#document.addStructure(this.#root);
  }

  heading(level: 'H1' | 'H2' | 'H3', text: string): void {
    const size = SIZES[level];
    // A heading alone at the foot of a page belongs to the next.
    this.#needRoom(size * 5);
    if (level !== 'H1') this.#document.moveDown(level === 'H2' ? 1.2 : 0.8);
    this.#add(level, () => this.#write(text, size, 'bold', INK));
    this.#document.moveDown(0.3);
  }

  paragraph(text: string, tone: 'plain' | 'soft' | 'strong' = 'plain'): void {
    this.#needRoom(TEXT_SIZE * 2);
    this.#add('P', () =>
      this.#write(text, TEXT_SIZE, tone === 'strong' ? 'bold' : 'regular', tone === 'soft' ? SOFT : INK),
    );
    this.#document.moveDown(0.3);
  }

  table(columns: readonly PageColumn[], rows: readonly (readonly string[])[]): void {
    const table = this.#document.struct('Table');
    this.#root.add(table);
    this.#row(
      table,
      columns,
      columns.map(({ heading }) => heading),
      'TH',
    );
    for (const row of rows) this.#row(table, columns, row, 'TD');
    table.end();
    this.#document.moveDown(0.6);
  }

  newPage(): void {
    this.#document.addPage();
  }

  /** @param foot stands under every page, before its number */
  async bytes(foot: string): Promise<Buffer> {
    this.#root.end();
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.#document.switchToPage(page);
      const { height, width, margins } = this.#document.page;
      // Without a margin at the foot, or the line would begin another page.
      margins.bottom = 0;
      this.#document.markContent('Artifact', { type: 'Pagination' });
      this.#document
        .font(PAGE_FONTS.regular)
        .fontSize(8)
        .fillColor(SOFT)
        .text(printable(`${foot} – page ${page + 1} sur ${count}`), MARGIN, height - MARGIN, {
          width: width - 2 * MARGIN,
          lineBreak: false,
        });
      this.#document.endMarkedContent();
    }
    this.#document.end();
    await this.#ended;
    return Buffer.concat(this.#pieces);
  }

  #row(
    table: PDFKit.PDFStructureElement,
    columns: readonly PageColumn[],
    cells: readonly string[],
    kind: 'TH' | 'TD',
  ): void {
    const document = this.#document;
    document.font(kind === 'TH' ? PAGE_FONTS.bold : PAGE_FONTS.regular).fontSize(8.5);
    const whole = document.page.width - 2 * MARGIN;
    const texts = cells.map((cell) => printable(cell));
    const widths = columns.map(({ share }) => share * whole);
    const height = Math.max(
      ...texts.map((text, index) =>
        document.heightOfString(text, { width: (widths[index] ?? 0) - 2 * CELL_SIDE }),
      ),
    );
    this.#needRoom(height + 2 * CELL_PADDING);
    const top = document.y;
    const row = document.struct('TR');
    table.add(row);
    let left = MARGIN;
    texts.forEach((text, index) => {
      const width = widths[index] ?? 0;
      const x = left + CELL_SIDE;
      row.add(
        document.struct(kind, {}, () => {
          document
            .font(kind === 'TH' ? PAGE_FONTS.bold : PAGE_FONTS.regular)
            .fontSize(8.5)
            .fillColor(kind === 'TH' ? SOFT : INK)
            .text(text, x, top + CELL_PADDING, {
              width: width - 2 * CELL_SIDE,
              align: columns[index]?.isNumber === true ? 'right' : 'left',
            });
        }),
      );
      left += width;
    });
    row.end();
    const bottom = top + height + 2 * CELL_PADDING;
    document.markContent('Artifact', { type: 'Layout' });
    document
      .moveTo(MARGIN, bottom)
      .lineTo(MARGIN + whole, bottom)
      .lineWidth(kind === 'TH' ? 1 : 0.5)
      .strokeColor(RULE)
      .stroke();
    document.endMarkedContent();
    document.x = MARGIN;
    document.y = bottom;
  }

  #write(text: string, size: number, font: keyof typeof PAGE_FONTS, colour: string): void {
    this.#document.font(PAGE_FONTS[font]).fontSize(size).fillColor(colour).text(printable(text), MARGIN);
  }

  #add(kind: 'H1' | 'H2' | 'H3' | 'P', draw: () => void): void {
    this.#root.add(this.#document.struct(kind, {}, draw));
  }

  #needRoom(height: number): void {
    const { page } = this.#document;
    if (this.#document.y + height > page.height - page.margins.bottom) this.#document.addPage();
  }
}

/** The font has the letters of French, and one space that does not break: thin ones and narrow ones become it. */
export function printable(text: string): string {
  return text.replaceAll(/[\u2009\u202f]/g, '\u00a0');
}
