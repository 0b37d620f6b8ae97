import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { severityOf } from '../../core/delivery/severity.ts';
import { evidenceChips, headline, trendWord, whoIsHit } from '../../core/explain/describe.ts';
import { buildFacts } from '../../core/facts/ledger.ts';
import { SEVERITY_SHAPES } from '../../core/facts/render.ts';
import { clip, escapeText, oneLine, quote, shorten } from '../mrkdwn.ts';

/** How long the parts of an item may get, in characters before escaping; `scale` below 1 makes all shorter. */
const LIMITS = { name: 60, title: 130, summary: 420, hit: 160, chips: 320, action: 180 } as const;

export interface WordingContext {
  timezone: string;
  currency: string;
  /** 1 as a rule; less where the message would not fit otherwise. */
  scale?: number;
}

/** The words of one priority, escaped and clipped, ready to be put into mrkdwn. */
export interface ItemWords {
  /** "●": the severity's shape. */
  shape: string;
  severity: string;
  /** "/checkout: errors 6.9x normal". */
  headline: string;
  /** The same, unescaped, for notification texts. */
  plainHeadline: string;
  /** "new" or "day 3, worse". */
  trend: string;
  summary: string;
  hit: string | null;
  chips: string | null;
  action: string;
}

export function readItem({ priority, explanation }: DigestItem, context: WordingContext): ItemWords {
  const facts = buildFacts(priority, context);
  const limit = (key: keyof typeof LIMITS): number => Math.max(24, Math.round(LIMITS[key] * (context.scale ?? 1)));
  const severity = severityOf(priority);
  // A long route would push the figure off a phone's first line: the name gives way, never the figure.
  const name = shorten(priority.entity_key, limit('name'));
  const title = oneLine(headline(priority, facts)).replace(oneLine(priority.entity_key), () => name);
  const hit = whoIsHit(facts);
  const chips = evidenceChips(priority, facts);
  return {
    shape: SEVERITY_SHAPES[severity],
    severity,
    headline: quote(title, limit('title')),
    plainHeadline: clip(title, limit('title')),
    trend: escapeText(trendWord(priority)),
    summary: quote(explanation.summary, limit('summary')),
    hit: hit === null ? null : quote(hit, limit('hit')),
    chips: chips.length === 0 ? null : chips.map((chip) => quote(chip, limit('chips') / chips.length)).join(' · '),
    action: quote(explanation.action.title, limit('action')),
  };
}
