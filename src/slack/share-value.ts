import { z } from 'zod';
import { TOP_MAXIMUM, type TopRequest } from './top-request.ts';

const shareSchema = z.tuple([
  z.string().min(1).max(60),
  z.int().min(1).max(TOP_MAXIMUM),
  z.iso.date(),
  z.string().max(200).nullable(),
]);

/** What a Share button carries: its own id, which works once, and the question; never the answer. */
export function encodeShare(id: string, request: TopRequest & { date: string }): string {
  return JSON.stringify([id, request.limit, request.date, request.pattern]);
}

/** Undefined when the value is none of ours. */
export function decodeShare(value: string): { id: string; request: TopRequest } | undefined {
  try {
    const parsed = shareSchema.safeParse(JSON.parse(value));
    if (!parsed.success) return undefined;
    const [id, limit, date, pattern] = parsed.data;
    return { id, request: { limit, date, pattern } };
  } catch {
    return undefined;
  }
}
