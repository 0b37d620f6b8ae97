import type { ErrorFamily } from './error-family.ts';
import { RUNG_VERBS, standsOn } from './ladder.ts';
import { figure, type Reading } from './reading.ts';
import { say, sentences } from './say.ts';

/**
 * Why it may have happened: the strongest rung's sentence, what the leading error's name suggests, and the strongest
 * counter-evidence. Says so where nothing is known; never says "caused".
 */
export function writeReason(reading: Reading): string {
  if (reading.rung === null) return sentences(unknownReason(reading), nameHint(reading));
  return sentences(...rungSentences(reading), nameHint(reading), counterEvidence(reading));
}

function rungSentences(reading: Reading): (string | null)[] {
  const { facts, priority } = reading;
  switch (reading.rung) {
    case 'release-aligned':
      return [
        standsOn(priority.pattern_record, 'concentrated') ? concentration(reading) : null,
        say(
          facts,
          `It ${RUNG_VERBS['release-aligned']} {release}: {release.rate_under} fail under it, {release.rate_before} did before.`,
          `It ${RUNG_VERBS['release-aligned']} {release}, which {release.share} of the errors ran under.`,
          `It ${RUNG_VERBS['release-aligned']} {release}.`,
          'It began with a release.',
        ),
      ];
    case 'concentrated':
      return [concentration(reading)];
    case 'precedes':
      return [`The rise in errors ${RUNG_VERBS.precedes} the rise in drop-offs.`];
    default:
      return [coOccurrence(reading)];
  }
}

function concentration({ facts, priority }: Reading): string | null {
  if (priority.entity_type === 'error_signature') {
    return say(facts, 'Most of it comes from a single place.');
  }
  return say(
    facts,
    '{signature.1} is {signature.1.share} of the errors, normally {concentration.usual_share}.',
    '{signature.1} is {signature.1.share} of the errors.',
    '{signature.1} leads the errors.',
    'A single kind of error leads.',
  );
}

function coOccurrence(reading: Reading): string {
  const tickets = reading.companions.includes('ticket_rate') && !reading.companions.includes('dropoff_rate');
  const partner = reading.kind === 'tickets' ? 'errors' : tickets ? 'tickets' : 'drop-offs';
  const lead = reading.kind === 'dropoffs' ? 'Errors' : (SUBJECT[reading.kind] ?? 'Errors');
  return `${lead} ${RUNG_VERBS['co-occurs']} ${partner} on the same day; which came first is not known.`;
}

const SUBJECT: Readonly<Partial<Record<Reading['kind'], string>>> = {
  tickets: 'Tickets',
  failures: 'Failed requests',
  latency: 'Latency',
};

/** What the leading error's own name suggests, worded as the guess it is. */
const NAME_HINTS: Readonly<Record<ErrorFamily, string>> = {
  credentials: 'Calls are being refused, which fits credentials that expired or were changed.',
  'rate-limit': 'The name says calls run into a rate limit.',
  payment: "Not known: the payment provider's own status is not a source here.",
  database: 'The name points at the database.',
  upstream: 'The name points at a service behind this page; its own status is not a source here.',
  code: 'The name points at our own code rather than at a service behind it.',
};

const LEADS_WITH_ERRORS = new Set<Reading['kind']>([
  'errors',
  'failures',
  'new-signature',
  'spreading-signature',
  'signature',
]);

function nameHint(reading: Reading): string | null {
  const leads = LEADS_WITH_ERRORS.has(reading.kind) || reading.companions.includes('error_rate');
  return leads && reading.family !== null ? NAME_HINTS[reading.family] : null;
}

function unknownReason(reading: Reading): string | null {
  const { kind, companions } = reading;
  const errorsRose = companions.includes('error_rate') || companions.includes('failure_rate');
  switch (kind) {
    case 'traffic-drop':
      return companions.length > 0
        ? 'Views fell while other signals rose, which fits a page that people cannot reach.'
        : 'Errors and tickets stayed in their range, which fits lost tracking or a changed link as well as an outage.';
    case 'latency':
      return errorsRose
        ? 'Failures rose along with it; no release lines up with the start.'
        : 'Failures stayed in their range, so requests are slow rather than broken. No release lines up with the start.';
    case 'tickets':
      return (
        say(reading.facts, 'Errors stayed in their range; {topic.1.count} of the tickets are about "{topic.1}".') ??
        'Errors stayed in their range, so look at what people write first.'
      );
    case 'gap':
      return 'A kind of data falling silent while the rest goes on fits broken tracking. Nothing is judged by it until it is back.';
    case 'conversion':
    case 'dropoffs':
      return 'Errors stayed in their range and no release lines up with it, so the numbers alone do not say why.';
    case 'other':
      return 'Nothing here points to a cause yet.';
    default:
      return say(
        reading.facts,
        'Nothing here points to a cause: no release lines up with it, and the largest error, {signature.1}, is only {signature.1.share} of them.',
        'Nothing here points to a cause: no release lines up with the start and nothing else rose with it.',
      );
  }
}

/** The strongest thing that speaks against the reason just given. */
function counterEvidence(reading: Reading): string | null {
  const { facts, rung } = reading;
  const releaseShare = figure(reading, 'release.share');
  if (rung === 'release-aligned') {
    if (releaseShare !== undefined && releaseShare < 0.5) {
      return say(facts, 'Against: only {release.share} of the errors ran under that release.');
    }
    const largest = figure(reading, 'signature.1.share');
    if (largest !== undefined && largest < 0.4) {
      return say(facts, 'Against: the errors are mixed, the largest kind is only {signature.1.share} of them.');
    }
    return null;
  }
  const traffic = figure(reading, 'traffic.ratio');
  if (traffic !== undefined && traffic >= 1.5) {
    return say(facts, 'Against: views were {traffic.ratio} normal too, so load may play a part.');
  }
  return rung === 'precedes' ? 'Coming first is not proof.' : 'No release lines up with the start.';
}
