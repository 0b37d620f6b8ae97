import type { Risk, SuggestedAction } from '../records.ts';
import { FAMILY_CALLS, familyTitle } from './family-suggestion.ts';
import { standsOn } from './ladder.ts';
import { figure, isUp, type LeadKind, oneErrorStandsOut, otherReleasesFailToo, type Reading } from './reading.ts';
import { say } from './say.ts';

/** An action worth proposing: its title, and what would be called for it. */
interface Idea {
  title: string | null;
  risk: Risk;
  call: string;
  with: Record<string, string>;
  expect: string | null;
}

/** Action parameters hold whole names, cut only where a schema would refuse them. */
const LONGEST_ARGUMENT = 300;

/**
 * What may be done, most fitting first; never empty. Only the evidence and the error's name decide, no other text does.
 * Each runs through `simulate` for now: its parameters say what would be called.
 */
export function suggestActions(reading: Reading): SuggestedAction[] {
  const [release, family] = [rollBack(reading), byErrorFamily(reading)];
  // Refused credentials outlive any release: look at them first.
  const first = reading.family === 'credentials' ? [family, release] : [release, family];
  const ideas = [...first, BY_KIND[reading.kind]?.(reading) ?? null, askOwner(reading)];
  const seen = new Set<string>();
  return ideas.flatMap((idea) => {
    if (idea === null || idea.title === null || seen.has(idea.call)) return [];
    seen.add(idea.call);
    const expect = idea.expect ?? 'A named reason, or a fix.';
    const parameters = { would_call: idea.call, with: shortened(idea.with), expect };
    return [{ type: 'simulate', title: idea.title, risk: idea.risk, parameters }];
  });
}

function rollBack(reading: Reading): Idea | null {
  const { priority, facts } = reading;
  const release = priority.pattern_record.context.release_top;
  const share = figure(reading, 'release.share') ?? 1;
  const aligned = standsOn(priority.pattern_record, 'release-aligned') && !otherReleasesFailToo(reading);
  if (!aligned || release === null || share < 0.5) return null;
  const place = priority.entity_type === 'surface' ? ' for {entity}' : '';
  return {
    title: say(facts, `Roll back {release}${place}`),
    risk: 'medium',
    call: 'deploy.rollback',
    with: { release, ...subjectOf(reading) },
    expect: backToNormal(reading),
  };
}

function byErrorFamily(reading: Reading): Idea | null {
  if (reading.family === null || !isAboutErrors(reading)) return null;
  return {
    title: say(reading.facts, familyTitle(reading.family, reading)),
    risk: 'low',
    call: FAMILY_CALLS[reading.family],
    with: { ...subjectOf(reading), ...leadingError(reading) },
    expect: backToNormal(reading),
  };
}

/** Errors lead, or people left while a single kind of error stood out. */
function isAboutErrors(reading: Reading): boolean {
  switch (reading.kind) {
    case 'traffic-drop':
    case 'gap':
    case 'latency':
    case 'tickets':
      return false;
    case 'dropoffs':
    case 'conversion':
    case 'reconciliation':
      return oneErrorStandsOut(reading) && isUp(reading.priority.pattern_record.signals.error_rate);
    default:
      return true;
  }
}

const BY_KIND: Readonly<Partial<Record<LeadKind, (reading: Reading) => Idea>>> = {
  'traffic-drop': (reading) => ({
    title: say(reading.facts, 'Check that {entity} loads and is still tracked'),
    risk: 'low',
    call: 'page.probe',
    with: subjectOf(reading),
    expect: say(reading.facts, 'Traffic back near {lead.expected} a day.', 'Traffic back in its range.'),
  }),
  gap: (reading) => ({
    title: 'Check the tracking that fell silent',
    risk: 'low',
    call: 'tracking.check',
    with: { measure: reading.priority.pattern_record.findings[0]?.metric ?? 'events', date: reading.priority.date },
    expect: 'Events arriving again, and the days without them marked.',
  }),
  conversion: (reading) => ({
    title: say(reading.facts, 'Walk through {entity} as a customer would'),
    risk: 'low',
    call: 'page.walkthrough',
    with: subjectOf(reading),
    expect: say(reading.facts, 'Actions back near {lead.expected} of views.'),
  }),
  reconciliation: (reading) => ({
    title: say(reading.facts, 'List what is "{reconciliation.label}" on {entity}, and complete it'),
    risk: 'low',
    call: 'reconciliation.list',
    with: { ...subjectOf(reading), ...declaredAs(reading), date: reading.priority.date },
    expect: say(reading.facts, 'At most {reconciliation.tolerance} without counterpart again.'),
  }),
  latency: (reading) => ({
    title: say(reading.facts, 'Look at slow queries behind {entity}'),
    risk: 'low',
    call: 'database.slow-queries',
    with: subjectOf(reading),
    expect: backToNormal(reading),
  }),
  tickets: (reading) => ({
    title: say(
      reading.facts,
      'Ask support what is behind "{topic.1}" on {entity}',
      'Read the new tickets on {entity} with support',
    ),
    risk: 'low',
    call: 'support.review',
    with: { ...subjectOf(reading), ...topTopic(reading) },
    expect: 'A known issue, or a new issue with an owner.',
  }),
  dropoffs: (reading) => ({
    title: say(reading.facts, 'Watch a few sessions that dropped off at {entity}'),
    risk: 'low',
    call: 'sessions.review',
    with: { ...subjectOf(reading), date: reading.priority.date },
    expect: backToNormal(reading),
  }),
};

/** The fallback: somebody who knows the place looks at it, and it is written down that they do. */
function askOwner(reading: Reading): Idea {
  return {
    title: say(reading.facts, `Ask the owner of {entity} to look into ${CONCERNS[reading.kind]}`),
    risk: 'low',
    call: 'investigation.open',
    with: { ...subjectOf(reading), ...leadingError(reading), since: reading.priority.pattern_record.since },
    expect: 'An owner, and a first answer within a day.',
  };
}

const CONCERNS: Readonly<Record<LeadKind, string>> = {
  errors: 'the errors',
  'error-count': 'the errors',
  conversion: 'the missing actions',
  gap: 'the missing data',
  dropoffs: 'the drop-offs',
  tickets: 'the tickets',
  failures: 'the failed requests',
  reconciliation: 'what has no counterpart',
  latency: 'the slow requests',
  'traffic-drop': 'the missing views',
  'new-signature': 'this new error',
  'spreading-signature': 'where it spreads',
  signature: 'this error',
  other: 'the change',
};

function backToNormal({ facts, kind }: Reading): string | null {
  const wordings: Readonly<Partial<Record<LeadKind, string>>> = {
    errors: 'Error rate back near {error_rate.baseline} within a day.',
    dropoffs: 'Drop-offs back near {dropoff_rate.baseline} within a day.',
    tickets: 'About {tickets.expected} tickets a day again.',
    failures: 'Failed requests back near {failure_rate.baseline} within a day.',
    latency: 'p95 latency back near {latency_p95.baseline} within a day.',
    'new-signature': 'No more of this error within a day.',
  };
  return say(
    facts,
    ...[wordings[kind]].filter((wording) => wording !== undefined),
    'Back in its normal range within a day.',
  );
}

function subjectOf({ priority }: Reading): Record<string, string> {
  return { [priority.entity_type]: priority.entity_key };
}

function leadingError({ priority }: Reading): Record<string, string> {
  const signature = priority.pattern_record.top_error_signatures[0]?.sig;
  return signature === undefined || signature === priority.entity_key ? {} : { error_signature: signature };
}

/** Which declared pair it is about. */
function declaredAs({ priority }: Reading): Record<string, string> {
  const id = priority.pattern_record.findings[0]?.evidence.reconciliation;
  return typeof id === 'string' ? { reconciliation: id } : {};
}

function topTopic({ priority }: Reading): Record<string, string> {
  const topic = priority.pattern_record.top_ticket_topics[0]?.topic;
  return topic === undefined ? {} : { topic };
}

function shortened(values: Readonly<Record<string, string>>): Record<string, string> {
  const filled = Object.entries(values).filter(([, value]) => value !== '');
  return Object.fromEntries(filled.map(([key, value]) => [key, [...value].slice(0, LONGEST_ARGUMENT).join('')]));
}
