import type { PayloadSource, WebhookSource } from '../../core/sources.ts';

/** What a tool sends as a format of `import`: recorded bodies, or an export of the same records. */
export function payloadsOf({ name, summary, plainLines = false, parse }: WebhookSource): PayloadSource {
  return {
    kind: 'payloads',
    name,
    summary,
    plainLines,
    parse: (record, limits) => parse({ headers: {}, body: record, receivedAt: limits.now }, limits),
  };
}
