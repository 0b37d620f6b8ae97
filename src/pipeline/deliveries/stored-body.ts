/** What is sealed of a delivery: its kept headers as a line of JSON, then the body as it came, unpacked. */
import { z } from 'zod';
import type { DeliveryEnvelope, FetchNeed } from '../../core/sources.ts';
import { readBodyValue } from '../../core/webhook/body.ts';

const NEWLINE = 0x0a;
const headersSchema = z.record(z.string(), z.string());
const needSchema = z.object({ kind: z.string(), id: z.string() });

export function packBody(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(headers)}\n`), body]);
}

/** @throws Error for what `packBody` did not make of a body that can be read. */
export function unpackBody(packed: Uint8Array, receivedAt: number): { envelope: DeliveryEnvelope; body: Uint8Array } {
  const end = packed.indexOf(NEWLINE);
  const body = packed.subarray(end + 1);
  const read = readBodyValue(textOf(body), true);
  if (read.reason !== undefined) throw new Error(read.reason);
  const headers = headersSchema.parse(JSON.parse(textOf(packed.subarray(0, end))));
  return { envelope: { headers, body: read.value, receivedAt }, body };
}

export function packNeed({ kind, id }: FetchNeed): Uint8Array {
  return Buffer.from(JSON.stringify({ kind, id }));
}

/** @throws Error for what `packNeed` did not make. */
export function unpackNeed(packed: Uint8Array): FetchNeed {
  return needSchema.parse(JSON.parse(textOf(packed)));
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
