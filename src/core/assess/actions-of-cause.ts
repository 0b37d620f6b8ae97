/** What may be done about each cause: only the cause and its evidence decide, no text of anybody does. */
import type { Fact, Risk } from '../records.ts';
import type { CauseCategory, Confidence, Hypothesis } from './assessment.ts';
import { claim } from './claim.ts';
import { pageOf, type Situation } from './situation.ts';

/** An action worth proposing, whatever carries it out. */
export interface ActionIdea {
  /** Of the hypothesis it is for. */
  category: CauseCategory;
  title: string;
  risk: Risk;
  /** What would be called: `deploy.rollback`, `issue.open`, … */
  call: string;
  with: Record<string, string>;
  expect: string;
  confidence: Confidence;
}

interface Plan {
  /** Wordings of the title, richest first; the last needs no fact but the page. */
  titles: readonly string[];
  risk: Risk;
  call: string;
  expect: string;
}

const PLANS: Readonly<Record<CauseCategory, Plan>> = {
  release: {
    titles: ['Roll back {check.release}', 'Roll back the release'],
    risk: 'medium',
    call: 'deploy.rollback',
    expect: 'Back in its normal range within a day.',
  },
  upstream: {
    titles: ['Ask the owner of the service behind {check.kind.1} what it sees', 'Check the service behind the page'],
    risk: 'low',
    call: 'service.health',
    expect: 'The name of the service, and when it answers again.',
  },
  credentials: {
    titles: ['Verify and renew the credentials of the calls that are refused'],
    risk: 'low',
    call: 'checklist.verify-credentials',
    expect: 'Calls let through again within the hour.',
  },
  rate_limit: {
    titles: ['Check which rate limit the calls run into, and slow or spread them'],
    risk: 'low',
    call: 'checklist.rate-limit',
    expect: 'No more calls refused for their number.',
  },
  payment: {
    titles: ["Check the payment provider's status, and offer another way to pay"],
    risk: 'low',
    call: 'status-page.read',
    expect: "The provider's word, and payments going through again.",
  },
  database: {
    titles: ['Look at slow queries, locks and the connection pool'],
    risk: 'low',
    call: 'database.slow-queries',
    expect: 'The query or lock by name.',
  },
  code: {
    titles: ['Open an issue for {check.kind.1}', 'Open an issue for the error'],
    risk: 'low',
    call: 'issue.open',
    expect: 'An owner, and a fix that the next release carries.',
  },
  configuration: {
    titles: ['Compare settings and flags with the day before it began'],
    risk: 'low',
    call: 'configuration.compare',
    expect: 'The setting by name, or that none was changed.',
  },
  traffic: {
    titles: ['Add capacity while the traffic lasts'],
    risk: 'medium',
    call: 'service.scale',
    expect: 'Latency and failures back in their range at this traffic.',
  },
  tracking: {
    titles: ['Check the tracking that fell silent'],
    risk: 'low',
    call: 'tracking.check',
    expect: 'Events arriving again, and the days without them marked.',
  },
  soft_failure: {
    titles: ['List what has no counterpart, and complete it'],
    risk: 'low',
    call: 'reconciliation.list',
    expect: 'Nothing left without its counterpart.',
  },
  single_account: {
    titles: ['Ask whoever looks after the account to look at its integration'],
    risk: 'low',
    call: 'account.contact',
    expect: 'The account told, and its part of the events back to usual.',
  },
  unknown: {
    titles: ['Ask the owner of the page to look into it'],
    risk: 'low',
    call: 'investigation.open',
    expect: 'An owner, and a first answer within a day.',
  },
};

/** In a title, stands for the page where that is known. */
const PAGE = 'the page';
const LONGEST = 300;
/** Taking back a release on a mere guess does more harm than good. */
const AT_LEAST: Readonly<Partial<Record<CauseCategory, readonly Confidence[]>>> = {
  release: ['high', 'medium'],
  traffic: ['high', 'medium'],
};

/** One idea a hypothesis, most likely first, and somebody to look into it at the end. */
export function ideasFor(
  situation: Situation,
  hypotheses: readonly Hypothesis[],
  facts: readonly Fact[],
): ActionIdea[] {
  const worth = hypotheses.filter(
    ({ category, confidence }, index) => index < 2 && (AT_LEAST[category]?.includes(confidence) ?? true),
  );
  const ideas = worth.map((hypothesis) => ideaOf(situation, hypothesis, facts));
  const ask = ideaOf(situation, { category: 'unknown', value: null, confidence: 'medium' }, facts);
  return [...ideas, ask].filter(({ call }, index, all) => all.findIndex((each) => each.call === call) === index);
}

function ideaOf(
  situation: Situation,
  { category, value, confidence }: Pick<Hypothesis, 'category' | 'value' | 'confidence'>,
  facts: readonly Fact[],
): ActionIdea {
  const { titles, risk, call, expect } = PLANS[category];
  const page = pageOf(situation);
  const title = claim(facts, ...titles)?.text ?? titles.at(-1) ?? call;
  const named = {
    ...(page === null ? {} : { surface: page }),
    ...(value === null ? {} : { [keyOf(category)]: value }),
  };
  const own = Object.entries(named).map(([key, text]) => [key, [...text].slice(0, LONGEST).join('')]);
  const told = page === null ? title : title.includes(PAGE) ? title.replace(PAGE, page) : `${title} on ${page}`;
  return { category, title: told, risk, call, with: Object.fromEntries(own), expect, confidence };
}

const keyOf = (category: CauseCategory): string => (category === 'release' ? 'release' : 'error_signature');
