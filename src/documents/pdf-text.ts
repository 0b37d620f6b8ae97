import { extractText, getDocumentProxy } from 'unpdf';

/** What became of a PDF: the text of its pages, or why there is none. */
export type PdfText = { pages: string[] } | { failed: 'encrypted' | 'damaged' | 'too_long' };

/** Text of every page, line by line; an empty one for a page that is a picture. */
export async function readPdfText(bytes: Uint8Array, mostPages: number): Promise<PdfText> {
  try {
    const pdf = await getDocumentProxy(bytes);
    try {
      if (pdf.numPages > mostPages) return { failed: 'too_long' };
      const { text } = await extractText(pdf, { mergePages: false });
      return { pages: text };
    } finally {
      await pdf.destroy();
    }
  } catch (error) {
    return { failed: error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'damaged' };
  }
}
