/** `COPY … FROM STDIN`, which PGlite cannot run: its rows are collected and become a file it copies from. */

/** Where the collected rows lie, in the file system of PGlite's memory. */
export const COPY_FILE = '/seepass-copy';

/** A COPY in text format that names its columns, alone or as `BEGIN; COPY …`. */
const COPY_FROM_STDIN = /^\s*((?:BEGIN\s*;\s*)?)(COPY\s+[\w."]+\s*\(([^()]*)\)\s+FROM\s+)STDIN\s*;?\s*$/i;

/** A statement that waits for its rows. */
export interface CopyIn {
  readonly columns: number;
  /** The Query message that stores the rows of `COPY_FILE`. */
  readonly store: Buffer;
  /** The Query message that fails as a COPY does whose client gave up, with the client's reason. */
  fail(reason: string): Buffer;
}

/** What the Query message starts, if it is a COPY from the client. */
export function copyInOf(query: Buffer): CopyIn | undefined {
  // Rows that are sent as values make large messages; a COPY statement is short.
  if (query.length > 10_000) return undefined;
  const match = COPY_FROM_STDIN.exec(query.toString('utf8', 5, query.length - 1));
  if (!match) return undefined;
  const [, begin = '', copyFrom = '', columns = ''] = match;
  return {
    columns: columns.split(',').length,
    store: simpleQuery(`${begin}${copyFrom}'${COPY_FILE}'`),
    fail: (reason) => simpleQuery(`${begin}${raise(`COPY from stdin failed: ${reason}`)}`),
  };
}

/** The CopyInResponse message: text format, in every column. */
export function copyInResponse(columns: number): Buffer {
  const message = Buffer.alloc(8 + 2 * columns);
  message.write('G');
  message.writeInt32BE(message.length - 1, 1);
  message.writeInt16BE(columns, 6);
  return message;
}

export function simpleQuery(statement: string): Buffer {
  const text = Buffer.from(`${statement}\0`);
  const head = Buffer.alloc(5, 'Q');
  head.writeInt32BE(text.length + 4, 1);
  return Buffer.concat([head, text]);
}

/** As hex, so that no character of the message ends the statement. */
function raise(message: string): string {
  const hex = Buffer.from(message).toString('hex');
  return `DO $$ BEGIN RAISE '%', convert_from(decode('${hex}', 'hex'), 'UTF8') USING ERRCODE = 'query_canceled'; END $$`;
}
