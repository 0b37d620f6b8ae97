import { redact } from '../../core/text/redact.ts';

const REASON_LENGTH = 500;

/** What a person said, short and without secrets; null where nothing is left of it. */
export function safeReason(reason: string | null): string | null {
  if (reason === null) return null;
  const safe = redact(reason.slice(0, 2 * REASON_LENGTH))
    .slice(0, REASON_LENGTH)
    .trim();
  return safe || null;
}
