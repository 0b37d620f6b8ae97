import type { Fact, PatternRecord, Priority } from '../records.ts';
import { counted, measured, name, rounded } from './fact.ts';
import { formatCount, formatMoney, formatPoints, toMinorUnits } from './render.ts';

const LISTED = 3;

/** What the change is made of: `contributor.1`, its part in points and as a share. */
export function contributorFacts({ contributors }: PatternRecord): Fact[] {
  if (!contributors) return [];
  const whole = points('contributors.change', 'Change against the week before', contributors.change);
  const parts = contributors.explained.slice(0, LISTED).flatMap((contributor, index) => {
    const id = `contributor.${index + 1}`;
    return [
      name(id, `${contributor.dimension} behind the change`, nameOf(contributor)),
      points(`${id}.points`, 'Its part of the change', contributor.change),
      ...measured(`${id}.share`, 'Its share of the change', Math.min(1, contributor.share), 'share'),
      ...measured(`${id}.usual_share`, 'Its usual share of the events', contributor.usual_share, 'share'),
    ];
  });
  return parts.length === 0 ? [] : [whole, ...parts];
}

/** Accounts are people's customers: a message says that it is one, never which. */
function nameOf({ dimension, value }: { dimension: string; value: string }): string {
  if (dimension === 'account') return 'one account';
  return dimension === 'funnel' ? value.replaceAll('_', ' ') : value;
}

function points(id: string, label: string, difference: number): Fact {
  return { id, label, value: difference, unit: 'points', text: formatPoints(difference) };
}

/** What the episode cost, as the range it lies in, with the worth of one. */
export function lossFacts({ loss }: PatternRecord, currency: string): Fact[] {
  if (!loss || !(loss.high > 0)) return [];
  const money = (major: number): string => formatMoney(toMinorUnits(major, currency), currency);
  const days = loss.amount > 0 ? loss.per_day / loss.amount : 0;
  const [low, high] = [money(loss.low * days), money(loss.high * days)];
  const range = loss.low <= 0 ? `up to ${high}` : low === high ? high : `${low}–${high}`;
  return [
    { id: 'loss.per_day', label: 'Estimated loss a day', value: loss.per_day, unit: currency, text: range },
    { id: 'loss.total', label: 'Estimated loss so far', value: loss.amount, unit: currency, text: money(loss.amount) },
    {
      id: 'loss.unit',
      label: 'Revenue of one, on average',
      value: loss.unit_value,
      unit: currency,
      text: money(loss.unit_value),
    },
    ...rounded('loss.missing', `Missing ${loss.of}`, loss.missing),
    ...counted('loss.sample', 'What the average rests on', loss.sample, loss.of === 'actions' ? 'action' : 'view'),
  ];
}

/** Whom the whole episode hit, where it is longer than the judged day. */
export function reachOverEpisode({ reach, days }: PatternRecord): Fact[] {
  if (!reach || days < 2) return [];
  return (['accounts', 'users'] as const).flatMap((of): Fact[] => {
    const [low, high] = reach[of];
    if (!(high > 0)) return [];
    const text = low === high ? formatCount(high) : `${formatCount(low)}–${formatCount(high)}`;
    return [{ id: `episode.${of}`, label: `Different ${of} hit since it began`, value: high, unit: of, text }];
  });
}

/** What a new error took the place of. */
export function swapFacts({ findings }: PatternRecord): Fact[] {
  const evidence = findings.find(({ rule }) => rule === 'signature-swap')?.evidence;
  if (typeof evidence?.replaced !== 'string') return [];
  const { replaced_usual: usual, replaced_now: left } = evidence;
  return [
    name('swap.replaced', 'The error it took the place of', evidence.replaced),
    ...(typeof usual === 'number' ? rounded('swap.usual', 'How often that one came before, a day', usual) : []),
    ...(typeof left === 'number'
      ? measured('swap.left', 'How often that one came on the judged day', left, 'count')
      : []),
  ];
}

/** What is told as one with it. */
export function sharedFacts({ members, pattern_record: { shared_cause: cause } }: Priority): Fact[] {
  if (!cause || members.length === 0) return [];
  const pages = members.filter(({ entity_type }) => entity_type === 'surface').length;
  return [
    ...counted('shared.pages', 'Other pages with the same cause', pages, 'more page'),
    name('shared.value', `The ${cause.by} they share`, nameOf({ dimension: cause.by, value: cause.value })),
  ];
}
