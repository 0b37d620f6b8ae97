/** Puts an assessment together from a situation and the answers of its checks: same input, same words. */
import { countFact } from '../facts/fact.ts';
import type { Funnel } from '../funnel.ts';
import type { Mark } from '../query/why/why.ts';
import type { Fact } from '../records.ts';
import type { Citation } from '../runbook/citation.ts';
import { ideasFor } from './actions-of-cause.ts';
import type { Assessment, Claim, Hypothesis } from './assessment.ts';
import { blastFacts, blastOf } from './blast.ts';
import type { CheckAnswers } from './checks/check.ts';
import { type ActionPolicy, assessActions } from './choose-actions.ts';
import { rankHypotheses } from './rank-hypotheses.ts';
import { reportRisk } from './risk.ts';
import { factsOfSigns } from './signs/facts.ts';
import { readSigns } from './signs/signs.ts';
import type { Situation } from './situation.ts';
import { assumptionsOf, uncertaintiesOf } from './unsure.ts';

export interface AssessInput {
  situation: Situation;
  answers: CheckAnswers;
  /** How many checks were asked, and how many of them had no answer. */
  checks: { asked: number; failed: number };
  marks: readonly Mark[];
  funnels: readonly Funnel[];
  policy: ActionPolicy;
  runbooks: readonly Citation[];
  /** ISO 4217. */
  currency: string;
}

const EVIDENCE = 5;

/** The first edition; whoever stores it knows of others. */
export function assess(input: AssessInput): Assessment {
  const { situation, answers, checks, marks, funnels, policy, runbooks, currency } = input;
  const signs = readSigns(situation, answers, marks);
  const blast = blastOf(situation, funnels);
  const { risk, facts: riskFacts } = reportRisk(situation, answers, { currency });
  const facts = unique([
    ...situation.facts,
    ...factsOfSigns(signs),
    ...blastFacts(blast),
    ...riskFacts,
    countFact('check.asked', 'Checks that were asked', checks.asked),
    countFact('check.failed', 'Checks without an answer', checks.failed),
  ]);
  const ranked = rankHypotheses(signs, facts);
  const hypotheses = ranked.map(({ hypothesis }) => hypothesis);
  return {
    edition: 1,
    summary: situation.summary,
    severity: situation.severity,
    cause: causeOf(hypotheses),
    evidence: evidenceOf(hypotheses),
    assumptions: assumptionsOf(signs, facts),
    uncertainties: uncertaintiesOf(signs, ranked, answers, checks, facts),
    blast,
    risk,
    hypotheses,
    actions: assessActions(ideasFor(situation, hypotheses, facts), policy),
    runbooks: [...runbooks],
    facts,
    writtenBy: 'template',
    dropped: 0,
  };
}

/** The first hypothesis with the best of what speaks for it. */
function causeOf([first]: readonly Hypothesis[]): Assessment['cause'] {
  if (first === undefined) throw new RangeError('there is always a hypothesis, if only that nothing is known');
  const { category, confidence, statement, checks } = first;
  const best = checks.find(({ verdict }) => verdict === 'confirms')?.found;
  return { category, confidence, text: best ? joined(statement, best) : statement };
}

/** What speaks for the first, each once, and the strongest thing that speaks against it. */
function evidenceOf([first]: readonly Hypothesis[]): Claim[] {
  const of = (verdict: string): Claim[] =>
    (first?.checks ?? []).filter((check) => check.verdict === verdict).map(({ found }) => found);
  const [against] = of('refutes');
  const forIt = of('confirms').slice(0, EVIDENCE - (against ? 1 : 0));
  const all = [...forIt, ...(against ? [{ ...against, text: `Against: ${against.text}` }] : [])];
  return all.filter(({ text }, index) => all.findIndex((each) => each.text === text) === index);
}

const joined = (a: Claim, b: Claim): Claim => ({
  text: `${a.text} ${b.text}`,
  factIds: [...new Set([...a.factIds, ...b.factIds])],
});

const unique = (facts: readonly Fact[]): Fact[] => [...new Map(facts.map((fact) => [fact.id, fact])).values()];
