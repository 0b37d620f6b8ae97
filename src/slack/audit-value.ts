/** The next page of the audit, as the value of its button. */
import { z } from 'zod';
import type { AuditRequest } from '../core/audit/audit-request.ts';

const page = z.strictObject({
  request: z.strictObject({
    actor: z.string().nullable(),
    about: z.array(z.string()).nullable(),
    aboutWord: z.string().nullable(),
    since: z.int().nullable(),
  }),
  before: z.strictObject({ at: z.int(), id: z.uuid() }),
});

export const encodeAuditPage = (value: { request: AuditRequest; before: { at: number; id: string } }): string =>
  JSON.stringify(value);

/** Undefined for a value that is none of ours. */
export function decodeAuditPage(value: string): z.infer<typeof page> | undefined {
  try {
    return page.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
