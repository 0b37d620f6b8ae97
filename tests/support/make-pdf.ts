import PDFDocument from 'pdfkit';

/** A PDF of these pages' lines. @param options an owner's password encrypts it; a page without lines is a picture. */
export function makePdf(
  pages: readonly (readonly string[])[],
  options: { userPassword?: string } = {},
): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, ...options });
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(parts))));
  for (const lines of pages) {
    document.addPage();
    if (lines.length === 0) document.rect(50, 50, 300, 300).fill('#888888');
    for (const line of lines) document.fontSize(11).text(line);
  }
  document.end();
  return done;
}
