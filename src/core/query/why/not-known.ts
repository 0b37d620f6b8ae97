/** What an answer about causes cannot know here: said, so that silence is not taken for an all-clear. */
import { classifyError } from '../../explain/error-family.ts';
import type { Source } from '../../records.ts';

const BEHIND: Readonly<Partial<Record<string, string>>> = {
  payment: "the payment provider's own status is not a source here",
  upstream: 'the status of the service behind it is not a source here',
};

const KINDS: readonly { sources: readonly Source[]; missing: string }[] = [
  { sources: ['intercom', 'helpscout'], missing: 'what people write to support, as no support tool is connected' },
  { sources: ['sentry', 'api_log'], missing: 'which errors there were, as no error tracking or API log is connected' },
  { sources: ['posthog', 'app'], missing: 'what people do on the page, as no product analytics is connected' },
];

/** Parts of one sentence, most telling first; at most two. */
export function listNotKnown(about: {
  sources: readonly Source[];
  /** The kinds of error that are part of the answer. */
  signatures: readonly string[];
  /** Any release was seen with these events. */
  knowsReleases: boolean;
}): string[] {
  const behind = about.signatures.flatMap((signature) => BEHIND[classifyError(signature) ?? ''] ?? []);
  const missing = KINDS.filter(({ sources }) => !sources.some((each) => about.sources.includes(each)));
  return [
    ...new Set(behind),
    ...missing.map(({ missing: what }) => what),
    ...(about.knowsReleases ? [] : ['which release is live, as no event here names one']),
  ].slice(0, 2);
}
