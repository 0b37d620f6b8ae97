import { redact } from '../core/text/redact.ts';

/** Text of strangers as data for a model: redacted, cut, and unable to close its own fence. */
export function fence(text: string, longest: number): string {
  const plain = redact(text).replaceAll('<', '‹').replaceAll('>', '›');
  return `<untrusted>${[...plain].slice(0, longest).join('')}</untrusted>`;
}
