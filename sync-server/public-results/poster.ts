import pdfkit from 'pdfkit';
import { encode } from 'uqr';
import { PAGE_FONTS, printable } from '../evidence/tagged-pages.ts';
import type { PublishedService } from './read-results.ts';

const MARGIN = 56;
const QR_SIDE = 170;
const INK = '#1d2327';
const SOFT = '#4c565c';
const ACCENT = '#0b5d51';

/** An A4 poster of a service's published result, with the way to the page that explains it. */
export async function posterPdf({
  organisationName,
  service,
  url,
  madeMs,
  isDemonstration,
}: {
  readonly organisationName: string;
  readonly service: PublishedService;
  readonly url: string;
  readonly madeMs: number;
  readonly isDemonstration: boolean;
}): Promise<Buffer> {
  const { serviceName, siteName, result, improvements } = service;
  const title = `${serviceName}\u00a0: ce que vous pensez de notre accueil`;
  const made = new Date(madeMs);
  const document = new pdfkit({
    size: 'A4',
    margin: MARGIN,
    pdfVersion: '1.7',
    // The types lag behind the library.
    subset: 'PDF/UA' as 'PDF/A-1',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: PAGE_FONTS.regular,
    info: { Title: title, Author: organisationName, CreationDate: made, ModDate: made },
  });
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    document.once('end', () => resolve());
    document.once('error', reject);
  });
  const root = document.struct('Document');
  document.addStructure(root);
  const write = (
    kind: 'H1' | 'H2' | 'P',
    text: string,
    size: number,
    font: keyof typeof PAGE_FONTS,
    colour: string,
  ) =>
    root.add(
      document.struct(kind, {}, () => {
        document.font(PAGE_FONTS[font]).fontSize(size).fillColor(colour).text(printable(text), MARGIN);
      }),
    );
  write(
    'P',
    siteName === serviceName ? organisationName : `${organisationName} – ${siteName}`,
    14,
    'regular',
    SOFT,
  );
  if (isDemonstration) write('P', 'DÉMONSTRATION\u00a0: DONNÉES INVENTÉES', 14, 'bold', '#8a5a00');
  document.moveDown(1.2);
  write('H1', serviceName, 34, 'bold', INK);
  if (result !== null) {
    document.moveDown(0.5);
    write('P', `${decimal(result.shareSatisfied * 100)}\u00a0%`, 96, 'bold', ACCENT);
    write('P', 'de nos visiteurs sont satisfaits', 26, 'bold', INK);
    document.moveDown(0.3);
    write(
      'P',
      `${result.period.fr}. ${whole(result.base)} réponses exprimées\u00a0; intervalle de confiance à 95\u00a0%\u00a0: ${decimal(result.low * 100)} – ${decimal(result.high * 100)}\u00a0%. Répondants volontaires.`,
      13,
      'regular',
      SOFT,
    );
  }
  if (improvements.length > 0) {
    document.moveDown(1);
    write('H2', 'Vous l’avez dit, nous l’avons fait', 20, 'bold', INK);
    for (const { said, done } of improvements.slice(0, 2)) {
      document.moveDown(0.4);
      write('P', `«\u00a0${said}\u00a0»`, 15, 'regular', SOFT);
      write('P', done, 15, 'bold', INK);
    }
  }
  drawQr(document, root, url);
  root.end();
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

/** At the foot, with its address in letters for whoever has no camera. */
function drawQr(document: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, url: string): void {
  const { data, size } = encode(url, { border: 0 });
  const top = document.page.height - MARGIN - QR_SIDE;
  const step = QR_SIDE / size;
  root.add(
    document.struct('Figure', { alt: `Code à scanner vers ${url}` }, () => {
      document.fillColor('#000000');
      data.forEach((row, y) =>
        row.forEach((isDark, x) => {
          if (isDark) document.rect(MARGIN + x * step, top + y * step, step + 0.05, step + 0.05);
        }),
      );
      document.fill();
    }),
  );
  const left = MARGIN + QR_SIDE + 24;
  root.add(
    document.struct('P', {}, () => {
      document
        .font(PAGE_FONTS.bold)
        .fontSize(20)
        .fillColor(INK)
        .text('Tous les résultats, et comment les lire', left, top + 40, { width: 280 });
      document
        .font(PAGE_FONTS.regular)
        .fontSize(13)
        .fillColor(SOFT)
        .text(url, left, document.y + 6, { width: 280 });
    }),
  );
}

function decimal(value: number): string {
  return new Intl.NumberFormat('fr-FR', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

function whole(value: number): string {
  return new Intl.NumberFormat('fr-FR').format(value);
}
