/** Causes that show in what came through rather than in errors. */
import { mustClaim } from '../claim.ts';
import type { Signs } from '../signs/signs.ts';
import { candidate, clue, type HypothesisMaker } from './define.ts';

const SURGE = 1.5;
/** Of the usual, below which something is all but gone. */
const SILENT = 0.35;
const STEADY = [0.7, 1.5] as const;

const isSteady = (ratio: number | undefined): boolean =>
  ratio !== undefined && ratio >= STEADY[0] && ratio <= STEADY[1];

export const traffic: HypothesisMaker = (signs, facts) => {
  const { flows, account, statuses, faults, situation } = signs;
  const [own, requests] = [flows.views?.ratio ?? 0, flows.requests?.ratio ?? 0];
  const most = Math.max(own, requests);
  if (most < SURGE) return null;
  const which = own >= requests ? 'views' : 'requests';
  const strained = (flows.latency?.ratio ?? 1) >= 1.2 || (statuses?.excess ?? 0) > 0;
  return candidate({
    category: 'traffic',
    value: null,
    statement: mustClaim(facts, 'More traffic than it is used to.'),
    confirmedBy: 'Errors and slowness rise and fall with traffic, on all kinds of requests.',
    refutedBy: 'The share that fails is up on pages whose traffic is as ever.',
    clues: [
      ...clue(
        facts,
        `${which}, a week earlier`,
        Math.min(2, 0.8 + (most - SURGE)),
        `${which === 'views' ? 'Views' : 'Requests'} were {check.${which}.ratio} those of a week earlier.`,
      ),
      ...(strained && (faults?.families.size ?? 0) === 0
        ? clue(
            facts,
            'p95 latency',
            0.9,
            'p95 latency was {check.latency.now}, {check.latency.usual} the week before.',
            'Requests of all kinds fail more.',
          )
        : []),
      ...(situation.kind === 'other'
        ? clue(facts, 'what is outside normal', 0.6, 'Traffic itself is what is outside normal.')
        : []),
      ...(account && account.share > 0.6
        ? clue(facts, 'the same events by account', -1.2, 'A single account is {check.account.share} of what is more.')
        : []),
    ],
  });
};

/** What goes on while views fall silent says whether people or only their tracking are missing. */
export const tracking: HypothesisMaker = (signs, facts) => {
  const { flows, situation, statuses } = signs;
  const { views, requests, otherViews, orders, latency } = flows;
  const isGap = situation.rules.includes('ingest-gap') || situation.kind === 'gap';
  const silent = views !== null && views.ratio <= SILENT;
  if (!isGap && !silent && situation.kind !== 'traffic-drop') return null;
  const requestsGoOn = isSteady(requests?.ratio);
  const isDown = requests !== null && requests.ratio <= SILENT;
  const failing = (statuses?.excess ?? 0) > 0.1 * (statuses?.requests ?? Number.POSITIVE_INFINITY);
  return candidate({
    category: 'tracking',
    value: null,
    statement: mustClaim(facts, 'Lost tracking: people were there, their events did not arrive.'),
    confirmedBy: 'Requests or orders go on as ever while views stop.',
    refutedBy: 'Requests and orders fall as far as views.',
    clues: [
      ...(isGap
        ? clue(facts, 'whether a kind of data fell silent', 2.2, 'A kind of data fell silent while the rest went on.')
        : []),
      ...(silent
        ? clue(facts, 'views, a week earlier', 0.8, 'Views were {check.views.now}, {check.views.usual} a week earlier.')
        : []),
      ...(requests === null
        ? clue(facts, 'requests, a week earlier', null, 'No requests are known of this page.')
        : clue(
            facts,
            'requests, a week earlier',
            requestsGoOn ? 1.8 : isDown ? -1.8 : 0,
            'Requests were {check.requests.now}, {check.requests.usual} a week earlier.',
          )),
      ...(orders !== null && silent
        ? clue(
            facts,
            'orders, a week earlier',
            isSteady(orders.ratio) ? 0.5 : orders.ratio < 0.5 ? -0.7 : 0,
            'Orders were {check.orders.now}, {check.orders.usual} a week earlier.',
          )
        : []),
      ...(failing || (latency?.ratio ?? 1) > 2
        ? clue(
            facts,
            'requests by status',
            -1.2,
            'Requests fail more than before, most with {check.status.top}.',
            'Requests are far slower than before.',
          )
        : []),
      ...(silent && otherViews && otherViews.ratio <= SILENT
        ? clue(
            facts,
            'views of other pages',
            0.4,
            'Views of other pages fell too, to {check.other_views.now} from {check.other_views.usual}.',
          )
        : []),
    ],
  });
};

export const softFailure: HypothesisMaker = (signs, facts) => {
  const { flows, situation } = signs;
  const { actions, orders } = flows;
  const declared = situation.rules.includes('reconciliation');
  const gap = actions !== null && orders !== null && orders.ratio < 0.75 && isSteady(actions.ratio);
  return candidate({
    category: 'soft_failure',
    value: null,
    statement: mustClaim(facts, 'Steps that end well and have no consequence: the order behind a payment is missing.'),
    confirmedBy: 'The first half arrives as ever and its counterpart does not.',
    refutedBy: 'Both halves fall alike, or the counterpart arrives late.',
    clues: [
      ...(declared
        ? clue(
            facts,
            'what has no counterpart',
            3,
            '{reconciliation.count} of {reconciliation.exposure} were "{reconciliation.label}".',
            'Declared pairs do not match.',
          )
        : []),
      ...(gap
        ? clue(
            facts,
            'actions and orders, a week earlier',
            1.7,
            'Actions were {check.actions.ratio} and orders {check.orders.ratio} those of a week earlier.',
          )
        : actions && orders && !declared
          ? clue(
              facts,
              'actions and orders, a week earlier',
              -0.5,
              'Actions were {check.actions.ratio} and orders {check.orders.ratio} those of a week earlier.',
            )
          : []),
    ],
  });
};

/** Fewer events of one account than this are no account's trouble. */
const FEWEST = 8;
const MOST_OF_IT = 0.6;

export const singleAccount: HypothesisMaker = ({ account }: Signs, facts) => {
  if (account === null || account.count < FEWEST) return null;
  const alone = account.share >= MOST_OF_IT && account.usual < account.share / 2;
  if (!alone) return null;
  return candidate({
    category: 'single_account',
    value: null,
    statement: mustClaim(facts, 'A single account: its data, its integration or its script.'),
    confirmedBy: 'Without that account the figure is as ever.',
    refutedBy: 'Others are hit as often once that account is left out.',
    clues: clue(
      facts,
      'the same events by account',
      account.accounts <= 1 && account.count < 20 ? 1 : 1.5 + 2.2 * ((account.share - MOST_OF_IT) / (1 - MOST_OF_IT)),
      'A single account is {check.account.share} of what is more than before, normally {check.account.usual} of the events.',
    ),
  });
};
