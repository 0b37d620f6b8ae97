import { SeepassError } from '../errors.ts';

/** Control characters that no text file holds, but for tab, line ends and form feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;

/**
 * Text of a file in UTF-8 or, with a byte order mark, UTF-16; other single-byte files are read as Windows-1252.
 * @throws SeepassError `bad_input` for what is no text.
 */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  const text = decode(bytes);
  if (BINARY.test(text))
    throw new SeepassError('bad_input', `${fileName} is not a text file.`, {
      fix: 'I read Markdown (.md), plain text (.txt) and PDF (.pdf).',
    });
  return text;
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
