/** Causes outside our own product: the payment provider, and services behind a page. */
import { mustClaim } from '../claim.ts';
import type { Signs } from '../signs/signs.ts';
import { candidate, clue, type HypothesisMaker } from './define.ts';
import { familyClue, leadingError, statusClue } from './fault-clues.ts';

/** From so much slower on, slowness goes along. */
const SLOWER = 1.3;

export const payment: HypothesisMaker = (signs, facts) => {
  const { orders } = signs.flows;
  return candidate({
    category: 'payment',
    value: leadingError(signs, 'payment'),
    statement: mustClaim(facts, 'Trouble at the payment provider, or between it and us.'),
    confirmedBy: "The provider's own status shows it, or payments through another provider go through.",
    refutedBy: 'The provider reports none, and payments fail under one release only.',
    clues: [
      ...familyClue(signs, facts, 'payment', 2.1),
      ...paymentTickets(signs, facts),
      ...(orders && orders.ratio < 0.8
        ? clue(
            facts,
            'orders, a week earlier',
            0.4,
            'Orders were {check.orders.now}, {check.orders.usual} a week earlier.',
          )
        : []),
      ...heldByRelease(signs, facts, leadingError(signs, 'payment')),
      ...clue(facts, "the provider's own status", null, "The payment provider's own status is not a source here."),
    ],
  });
};

const PAYING = /pay|card|charge|declin|checkout|billing|invoice/i;

function paymentTickets({ situation }: Signs, facts: Parameters<HypothesisMaker>[1]) {
  const index = situation.topics.slice(0, 3).findIndex((topic) => PAYING.test(topic));
  return index < 0
    ? []
    : clue(facts, 'tickets by theme', 0.3, `{topic.${index + 1}.count} tickets are about "{topic.${index + 1}}".`);
}

/** A fault outside would be met under every release. */
function heldByRelease({ release, platform }: Signs, facts: Parameters<HypothesisMaker>[1], error: string | null) {
  if (release !== null && error !== null && release.shared.includes(error))
    return clue(
      facts,
      'whether other releases meet it too',
      0.6,
      'It comes under other releases as readily as under {check.release}.',
    );
  if (release?.stands === true && release.others !== null)
    return clue(
      facts,
      'whether other releases meet it too',
      -0.9,
      'Other releases hardly met it meanwhile: {check.release.others}, {check.release.under} under {check.release}.',
    );
  return platform && platform.share > 0.85 && platform.ofAll < 0.6
    ? clue(
        facts,
        'whether other platforms meet it too',
        -0.5,
        'Hardly any of it is on platforms other than {check.platform}.',
      )
    : [];
}

export const upstream: HypothesisMaker = (signs, facts) => {
  const { flows, spread } = signs;
  return candidate({
    category: 'upstream',
    value: leadingError(signs, 'upstream'),
    statement: mustClaim(facts, 'A service behind it that answers late or not at all.'),
    confirmedBy: "Calls to it end in timeouts or 502 to 504, or that service's own status shows it.",
    refutedBy: 'Errors of our own code make up what is more, or it answers well from elsewhere.',
    clues: [
      ...familyClue(signs, facts, 'upstream', 2),
      ...statusClue(signs, facts, ['gateway'], 1.3),
      ...(flows.latency && flows.latency.ratio >= SLOWER
        ? clue(facts, 'p95 latency', 0.4, 'p95 latency was {check.latency.now}, {check.latency.usual} the week before.')
        : []),
      ...((spread?.sameError ?? 0) >= 2
        ? clue(facts, 'the same error on other pages', 0.6, 'The same error is up on {check.spread.same} besides.')
        : []),
      ...heldByRelease(signs, facts, leadingError(signs, 'upstream')),
      ...clue(facts, "that service's own status", null, 'The status of the service behind it is not a source here.'),
    ],
  });
};
