import { joinWords } from '../facts/render.ts';
import type { ErrorFamily } from './error-family.ts';
import { RUNG_VERBS, standsOn } from './ladder.ts';
import { figure, isUp, oneErrorStandsOut, otherReleasesFailToo, type Reading, stayedNormal } from './reading.ts';
import { say, sentences } from './say.ts';

/**
 * Why it may have happened: the strongest rung's sentence, what the leading error's name suggests, and the strongest
 * counter-evidence. Says so where nothing is known; never says "caused".
 */
export function writeReason(reading: Reading): string {
  const hint = nameHint(reading);
  if (reading.rung !== null) return sentences(...rungSentences(reading), hint, counterEvidence(reading));
  if (hint !== null) return sentences(hint, releaseNote(reading) ?? 'What began it is not known here.');
  return sentences(unknownReason(reading), releaseNote(reading));
}

function rungSentences(reading: Reading): (string | null)[] {
  const { facts, priority } = reading;
  switch (reading.rung) {
    case 'release-aligned':
      return [
        standsOn(priority.pattern_record, 'concentrated') ? concentration(reading) : null,
        say(
          facts,
          (figure(reading, 'release.rate_under') ?? 2) <= 1
            ? `It ${RUNG_VERBS['release-aligned']} {release}: {release.rate_under} fail under it, {release.rate_before} did before.`
            : `It ${RUNG_VERBS['release-aligned']} {release}: the error rate under it is {release.ratio} what it was before.`,
          `It ${RUNG_VERBS['release-aligned']} {release}, which {release.share} of the errors ran under.`,
          `It ${RUNG_VERBS['release-aligned']} {release}.`,
          'It began with a release.',
        ),
      ];
    case 'concentrated':
      return [concentration(reading)];
    case 'precedes':
      return [`The rise in errors ${RUNG_VERBS.precedes} the rise in drop-offs, by a day.`];
    default:
      return [coOccurrence(reading)];
  }
}

function concentration(reading: Reading): string | null {
  const usual = figure(reading, 'concentration.usual_share');
  return say(
    reading.facts,
    usual === undefined || usual >= 0.005
      ? '{signature.1} is {signature.1.share} of the errors, normally {concentration.usual_share}.'
      : '{signature.1} is {signature.1.share} of the errors and hardly came up here before.',
    '{signature.1} is {signature.1.share} of the errors.',
    '{signature.1} leads the errors.',
    'A single kind of error leads.',
  );
}

/** Which of drop-offs and tickets the record says rose with errors; both wordings of a record are read. */
function coOccurrence({ priority }: Reading): string {
  const { findings, hints } = priority.pattern_record;
  const rose = (metric: string, hint: string) =>
    hints.includes(hint) ||
    findings.some(({ rule, evidence }) => rule === 'co-occurrence' && evidence.partner === metric);
  const partners = [
    ...(rose('dropoff_rate', 'errors+dropoffs co-occur') ? ['drop-offs'] : []),
    ...(rose('ticket_rate', 'errors+tickets co-occur') ? ['tickets'] : []),
  ];
  const others = partners.length === 0 ? 'other signals' : joinWords(partners);
  return `Errors ${RUNG_VERBS['co-occurs']} ${others} on the same day; which came first is not known.`;
}

/** What the leading error's own name suggests, worded as the guess it is. */
const NAME_HINTS: Readonly<Record<ErrorFamily, string>> = {
  credentials: 'Calls are being refused, which fits credentials that expired or were changed.',
  'rate-limit': 'The name says calls run into a rate limit.',
  payment: "Not known: the payment provider's own status is not a source here.",
  database: 'The name points at the database.',
  upstream: 'The name points at a service behind it, whose own status is not a source here.',
  code: 'The name points at our own code rather than at a service behind it.',
};

const LEADS_WITH_ERRORS = new Set<Reading['kind']>([
  'errors',
  'error-count',
  'failures',
  'new-signature',
  'spreading-signature',
  'signature',
]);

function nameHint(reading: Reading): string | null {
  const leads = LEADS_WITH_ERRORS.has(reading.kind) || reading.companions.includes('error_rate');
  return leads && reading.family !== null ? NAME_HINTS[reading.family] : null;
}

function unknownReason({ kind, companions, facts, priority }: Reading): string | null {
  const { error_rate: errors, failure_rate: failures } = priority.pattern_record.signals;
  const quiet = stayedNormal(errors);
  switch (kind) {
    case 'traffic-drop':
      if (companions.length > 0)
        return 'Views fell while other signals rose, which fits a page that people cannot reach.';
      return 'No other signal is flagged, which fits lost tracking or a changed link as well as an outage.';
    case 'latency':
      return stayedNormal(failures)
        ? 'Failures stayed in their range, so requests are slow rather than broken; why is not known here.'
        : 'Why requests got slower is not known here.';
    case 'reconciliation':
      return figure({ facts }, 'reconciliation.right_events') === 0
        ? 'No counterpart of any kind arrived that day, which fits lost tracking as well as a fault between the two.'
        : 'Both sides arrived that day, so what happens between them is the place to look; why is not known here.';
    case 'tickets':
      return say(
        facts,
        `${quiet ? 'Errors stayed in their range; ' : ''}{topic.1.count} of the tickets are about "{topic.1}".`,
        `${quiet ? 'Errors stayed in their range, so what' : 'What'} people write is the best lead.`,
      );
    case 'gap':
      return 'A kind of data falling silent while the rest goes on fits broken tracking. Nothing is judged by it until it is back.';
    case 'conversion':
    case 'dropoffs':
      if (quiet) return 'Errors stayed in their range, so the numbers alone do not say why.';
      return isUp(errors) && oneErrorStandsOut({ facts })
        ? say(
            facts,
            'Errors were up as well, and {signature.1} is {signature.1.share} of the {errors.count}; whether people left over them is not known.',
          )
        : 'The numbers alone do not say why.';
    case 'new-signature':
    case 'spreading-signature':
    case 'signature':
      return (
        say(
          facts,
          'It appeared where {swap.replaced} stopped ({swap.left} against {swap.usual} a day), and errors as a whole are as ever: it may be the same fault under another name.',
        ) ?? 'Its name does not say where it comes from.'
      );
    case 'other':
      return 'Nothing here points to a cause yet.';
    default:
      return say(
        facts,
        'Nothing here points to a cause: the largest error, {signature.1}, is only {signature.1.share} of them.',
        companions.length === 0
          ? 'Nothing here points to a cause: nothing else rose with it.'
          : 'Nothing here points to a cause.',
      );
  }
}

/** What is known of releases. Only errors are compared by release, so nothing is said of them elsewhere. */
function releaseNote(reading: Reading): string | null {
  const { kind, facts, priority } = reading;
  if (kind === 'signature' || kind === 'new-signature' || kind === 'spreading-signature') {
    return say(facts, '{release.share} of it ran under {release}; whether that release began it is not known.');
  }
  if (!RELEASE_COMPARED.has(kind)) return null;
  return priority.pattern_record.context.release_top === null
    ? 'There is no release data here, so none can be ruled out.'
    : 'No release lines up with the start.';
}

const RELEASE_COMPARED = new Set<Reading['kind']>(['errors', 'error-count', 'failures']);

/** The strongest thing that speaks against the reason just given. */
function counterEvidence(reading: Reading): string | null {
  const { facts, rung } = reading;
  const releaseShare = figure(reading, 'release.share');
  if (rung === 'release-aligned') {
    if (otherReleasesFailToo(reading)) {
      return say(facts, 'Against: {release.rate_other_releases_that_day} failed under other releases that day too.');
    }
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
  return rung === 'precedes' ? 'Coming first is not proof.' : releaseNote(reading);
}
