/** Causes on our side that the errors' own names and the answers' status point at. */
import { mustClaim } from '../claim.ts';
import type { Signs } from '../signs/signs.ts';
import { candidate, clue, type HypothesisMaker } from './define.ts';
import { familyClue, leadingError, statusClue } from './fault-clues.ts';

/** From so much slower or busier on, that goes along. */
const SLOWER = 1.3;
const BUSIER = 1.4;

export const credentials: HypothesisMaker = (signs, facts) =>
  candidate({
    category: 'credentials',
    value: leadingError(signs, 'credentials'),
    statement: mustClaim(
      facts,
      ...(/hook/i.test(signs.situation.surfaces[0] ?? '')
        ? ['Webhook credentials that expired, were changed, or no longer match.']
        : ['Credentials that expired, were changed, or lack a right.']),
    ),
    confirmedBy: 'Most requests that fail more are answered 401 or 403, and a renewed key lets them through.',
    refutedBy: 'They fail with other answers, or with credentials that were just tested.',
    clues: [...familyClue(signs, facts, 'credentials', 2.2), ...statusClue(signs, facts, ['refused'], 1.8)],
  });

export const rateLimit: HypothesisMaker = (signs, facts) => {
  const { requests, views } = signs.flows;
  const busy = Math.max(requests?.ratio ?? 0, views?.ratio ?? 0) >= BUSIER;
  return candidate({
    category: 'rate_limit',
    value: leadingError(signs, 'rate-limit'),
    statement: mustClaim(facts, 'A rate limit that calls run into.'),
    confirmedBy: 'Answers are 429, and come while calls are more than usual.',
    refutedBy: 'No 429 among the answers.',
    clues: [
      ...familyClue(signs, facts, 'rate-limit', 2.2),
      ...statusClue(signs, facts, ['limited'], 2),
      ...(busy
        ? clue(
            facts,
            'requests, a week earlier',
            0.4,
            'Requests were {check.requests.ratio} those of a week earlier.',
            'Views were {check.views.ratio} those of a week earlier.',
          )
        : []),
    ],
  });
};

export const database: HypothesisMaker = (signs, facts) => {
  const { flows, situation, statuses, faults } = signs;
  const slow = flows.latency && flows.latency.ratio >= SLOWER;
  const only = situation.kind === 'latency' && (faults?.families.size ?? 0) === 0;
  const busy = (flows.requests?.ratio ?? 1) >= BUSIER || (flows.views?.ratio ?? 1) >= BUSIER;
  return candidate({
    category: 'database',
    value: leadingError(signs, 'database'),
    statement: mustClaim(facts, 'Slow queries, locks or a full connection pool in the database.'),
    confirmedBy: 'Slow queries or waits for locks at the same time, on the pages that use the same tables.',
    refutedBy: 'Queries are as fast as ever while requests are slow.',
    clues: [
      ...(only ? [] : familyClue(signs, facts, 'database', 2.1)),
      ...(slow
        ? clue(
            facts,
            'p95 latency',
            only && !busy ? 1.5 : 0.5,
            'p95 latency was {check.latency.now}, {check.latency.usual} the week before.',
          )
        : []),
      ...(only && (statuses?.excess ?? 0) === 0
        ? clue(facts, 'requests by status', 0.2, 'No answer is given more often than before: slow, not broken.')
        : []),
      ...(only && signs.release?.stands === true
        ? clue(facts, 'the same figure by release', -0.8, 'Requests under other releases took {check.release.others}.')
        : []),
    ],
  });
};

export const code: HypothesisMaker = (signs, facts) => {
  const { faults, platform, release } = signs;
  const lead = faults?.kinds.find((kind) => kind.family === 'code');
  const index = lead ? (faults?.kinds.indexOf(lead) ?? -1) : -1;
  return candidate({
    category: 'code',
    value: lead?.value ?? null,
    statement: mustClaim(
      facts,
      ...(index >= 0 && index < 3 ? [`A fault in our own code behind {check.kind.${index + 1}}.`] : []),
      'A fault in our own code.',
    ),
    confirmedBy: 'The same exception from the same place in the code makes up what is more.',
    refutedBy: 'The exception follows a failed call to another service.',
    clues: [
      ...familyClue(signs, facts, 'code', 1.8),
      ...(lead?.isNew
        ? clue(facts, 'whether it is new', 0.4, `{check.kind.${index + 1}} never came up in the week before.`)
        : []),
      ...(platform && platform.share > 0.8 && platform.ofAll < 0.65
        ? clue(
            facts,
            'the same figure by platform',
            0.7,
            '{check.platform.rate} on {check.platform}, {check.platform.others} on others: {check.platform.share} of what is more.',
          )
        : []),
      ...(statusServer(signs) && lead
        ? clue(facts, 'requests by status', 0.2, 'Most requests that fail more are answered {check.status.top}.')
        : []),
      ...(lead && (release?.stands === true || release?.alone?.value === lead.value) ? toldWithRelease(facts) : []),
    ],
  });
};

const statusServer = ({ statuses }: Signs): boolean => (statuses?.server ?? 0) > 0.5;

/** A fault that comes under one release alone is that release's: one cause, told once. */
const toldWithRelease = (facts: Parameters<HypothesisMaker>[1]) =>
  clue(facts, 'the same error by release', -1.2, 'It comes with {check.release}, which is told by itself.');

export const configuration: HypothesisMaker = (signs, facts) => {
  const marked = signs.marks.findIndex(({ kind, text }) => kind !== 'maintenance' && SETTING.test(text));
  return candidate({
    category: 'configuration',
    value: leadingError(signs, 'configuration'),
    statement: mustClaim(facts, 'A setting, a flag or an address that was changed or is missing.'),
    confirmedBy: 'A change of settings at that time, and it ends when that is taken back.',
    refutedBy: 'No setting was changed since before it began.',
    clues: [
      ...familyClue(signs, facts, 'configuration', 2.1),
      ...statusClue(signs, facts, ['notFound'], 1.4),
      ...(marked >= 0 && marked < 3
        ? clue(facts, 'what people noted', 1.9, `Noted for {mark.${marked + 1}.date}: "{mark.${marked + 1}}".`)
        : []),
    ],
  });
};

const SETTING =
  /config|flag|setting|feature|toggle|dns|cdn|certificate|env|firewall|rule|switch|enabled|disabled|turned (?:on|off)/i;
