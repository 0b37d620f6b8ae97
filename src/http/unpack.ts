import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Refusal } from './refusal.ts';

const unpackGzip = promisify(gunzip);

/** The unpacked body, of at most `limit` bytes: a small one may unpack to gigabytes. @throws Refusal 413 or 422. */
export async function unpack(body: Uint8Array, limit: number): Promise<Buffer> {
  try {
    return await unpackGzip(body, { maxOutputLength: limit });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? new Refusal(413, 'too_large', `The body unpacks to more than ${Math.floor(limit / 1_000_000)} MB.`)
      : new Refusal(422, 'bad_encoding', 'The body is not gzip, though content-encoding says so.');
  }
}
