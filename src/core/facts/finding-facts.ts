import type { Fact, Finding, Json, JsonObject, PatternRecord } from '../records.ts';
import { counted, measured, name, ratioFact, rounded, type Unit, unitOf } from './fact.ts';

/** The main finding's own figures; `lead.window_…` where it looks at more days than the judged one. */
export function leadFacts({ findings: [lead] }: PatternRecord): Fact[] {
  if (lead === undefined) return [];
  const unit = unitOf(lead.metric);
  const { current, expected, evidence } = lead;
  const facts = current === null ? [] : measured('lead.current', 'Main finding, judged day', current, unit);
  if (expected !== null) facts.push(...expectation(expected, unit));
  if (current !== null && expected !== null && expected > 0) {
    facts.push(...ratioFact('lead.ratio', 'Main finding, against normal', current, expected));
    if (current < expected)
      facts.push(...measured('lead.drop', 'Main finding, missing', 1 - current / expected, 'share'));
  }
  const { window_days: days, window_count: count, window_expected: usual, ratio } = evidence;
  if (typeof days !== 'number' || days <= 1) return facts;
  facts.push(...counted('lead.window', 'Days the main finding looks at', days, 'day'));
  if (typeof count === 'number')
    facts.push(...measured('lead.window_count', 'Main finding, over these days', count, 'count'));
  if (typeof usual === 'number')
    facts.push(...rounded('lead.window_expected', 'Main finding, normal over these days', usual));
  if (typeof ratio === 'number')
    facts.push(...ratioFact('lead.window_ratio', 'Main finding, these days against normal', ratio, 1));
  return facts;
}

function expectation(expected: number, unit: Unit): Fact[] {
  const [id, label] = ['lead.expected', 'Main finding, normally'];
  return unit === 'count' ? rounded(id, label, expected) : measured(id, label, expected, unit);
}

/** Figures a rule left as evidence under a known name: `<rule>.<key>`, dashes as underscores. */
export function evidenceFacts({ rule, evidence }: Finding): Fact[] {
  const { rate_under: under, rate_before: before } = evidence;
  const compared = rule === 'release' && typeof under === 'number' && typeof before === 'number';
  const ratio = compared
    ? ratioFact('release.ratio', 'Error rate under the release against before', under, before)
    : [];
  const figures = (EVIDENCE[rule] ?? []).flatMap(([key, label, unit]) => {
    const value = evidence[key];
    return typeof value === 'number' ? measured(`${rule.replaceAll('-', '_')}.${key}`, label, value, unit) : [];
  });
  return [
    ...figures,
    ...ratio,
    ...(rule === 'reconciliation' ? declaredFacts(evidence) : []),
    ...failingFacts(evidence),
  ];
}

/** What the workspace called it, and the time it gave. */
function declaredFacts({ label, within_minutes: within }: Finding['evidence']): Fact[] {
  return [
    ...(typeof label === 'string' ? [name('reconciliation.label', 'What stays without counterpart', label)] : []),
    ...(typeof within === 'number' ? counted('reconciliation.within', 'Time for it to come', within, 'minute') : []),
  ];
}

/** What the failed requests are, by status and endpoint, largest first: `failing.1`, its count and its share. */
function failingFacts({ failing }: Finding['evidence']): Fact[] {
  return listOf(failing).flatMap(({ endpoint, status, count, share }, index) => {
    if (typeof status !== 'number' || typeof count !== 'number' || typeof share !== 'number') return [];
    const id = `failing.${index + 1}`;
    const text = typeof endpoint === 'string' ? `HTTP ${status} on ${endpoint}` : `HTTP ${status}`;
    return [
      name(id, 'Failing requests', text),
      ...measured(`${id}.count`, 'Of these', count, 'count'),
      ...measured(`${id}.share`, 'Their share of the failed requests', share, 'share'),
    ];
  });
}

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each))
    : [];

const EVIDENCE: Readonly<Record<string, readonly (readonly [key: string, label: string, unit: Unit])[]>> = {
  concentration: [['usual_share', 'Usual share of that signature', 'share']],
  release: [
    ['rate_under', 'Error rate under the release', 'share'],
    ['rate_before', 'Error rate before the release', 'share'],
    ['rate_other_releases_that_day', 'Error rate under other releases that day', 'share'],
  ],
  reconciliation: [
    ['count', 'Without counterpart', 'count'],
    ['exposure', 'All that should have one', 'count'],
    ['tolerance', 'Share that may stay without', 'share'],
    ['right_events', 'Counterparts that day', 'count'],
  ],
  'new-signature': [
    ['count', 'Errors of this signature', 'count'],
    ['share_of_errors', 'Its share of all errors', 'share'],
  ],
  'spreading-signature': [
    ['surfaces', 'Pages it was seen on', 'count'],
    ['most_surfaces_before', 'Most pages on any day before', 'count'],
  ],
};
