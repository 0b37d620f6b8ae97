import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { evidenceChips, headline, trendWord, whoIsHit } from '../../core/explain/describe.ts';
import { buildFacts } from '../../core/facts/ledger.ts';
import { SEVERITY_SHAPES } from '../../core/facts/render.ts';
import { severityOf } from '../../core/rank/severity.ts';
import { clip, escapeText, quote, shorten } from '../mrkdwn.ts';

/** How long the parts of an item may get, in characters before escaping. */
const LIMITS = { headline: 130, summary: 420, hit: 160, chips: 320, action: 180 } as const;
const NAME = 60;

export interface WordingContext {
  timezone: string;
  currency: string;
}

/** An item with the words people read of it, still unescaped: worked out once, clipped as often as needed. */
export interface WordedItem {
  item: DigestItem;
  headline: string;
  hit: string | null;
  chips: string[];
  severity: ReturnType<typeof severityOf>;
  trend: string;
}

/** The words of one priority, escaped and clipped, ready to be put into mrkdwn. */
export interface ItemWords {
  /** `*1 · ● /checkout: errors 6.9x normal*`. */
  lead: string;
  /** `*1 · ● /checkout: errors 6.9x normal* · new`. */
  title: string;
  summary: string;
  hit: string | null;
  chips: string | null;
  /** "Roll back web@1.42.0 for /checkout (medium risk)". */
  action: string;
}

export function wordItem(item: DigestItem, context: WordingContext): WordedItem {
  // A long route would push the figure off a phone's first line: the name gives way, never the figure.
  const priority = { ...item.priority, entity_key: shorten(item.priority.entity_key, NAME) };
  const facts = buildFacts(priority, context);
  return {
    item,
    headline: clip(headline(priority, facts), LIMITS.headline),
    hit: whoIsHit(facts),
    chips: evidenceChips(priority, facts),
    severity: severityOf(priority),
    trend: trendWord(priority),
  };
}

/** @param scale 1 as a rule; less where the message would not fit otherwise. */
export function clipWords(worded: WordedItem, scale = 1): ItemWords {
  const { item, chips, hit } = worded;
  const cut = (text: string, limit: number): string => quote(text, Math.max(24, Math.round(limit * scale)));
  const lead = leadOf(worded, worded.headline);
  return {
    lead,
    title: `${lead} · ${escapeText(worded.trend)}`,
    summary: cut(item.explanation.summary, LIMITS.summary),
    hit: hit === null ? null : cut(hit, LIMITS.hit),
    chips: chips.length === 0 ? null : chips.map((chip) => cut(chip, LIMITS.chips / chips.length)).join(' · '),
    // The proposal is what a button decides on, so its words win over a later explanation's.
    action: suggestionOf(item, (title) => cut(title, LIMITS.action)),
  };
}

/** `*1 · ● /checkout*`, for what is told elsewhere. */
export const nameOf = (worded: WordedItem): string => leadOf(worded, shorten(worded.item.priority.entity_key, NAME));

const leadOf = ({ item, severity }: WordedItem, what: string): string =>
  `*${item.priority.rank} · ${SEVERITY_SHAPES[severity]} ${quote(what, LIMITS.headline)}*`;

function suggestionOf({ proposal, explanation }: DigestItem, cut: (title: string) => string): string {
  const { title, risk } = proposal?.action ?? explanation.action;
  return `${cut(title)} (${risk} risk)`;
}

/** `1. /checkout: errors 6.9x normal (high, new)`, for notifications, which read no formatting. */
export function plainLine({ item, headline: text, severity, trend }: WordedItem): string {
  return `${item.priority.rank}. ${quote(text, LIMITS.headline)} (${severity}, ${trend})`;
}
