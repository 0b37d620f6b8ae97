/** Assesses scenarios without a model and counts where the planted cause came. */
import type { CauseCategory, Confidence } from '../../../src/core/assess/assessment.ts';
import { rankHypotheses } from '../../../src/core/assess/rank-hypotheses.ts';
import { factsOfSigns } from '../../../src/core/assess/signs/facts.ts';
import { readSigns } from '../../../src/core/assess/signs/signs.ts';
import { situationOfPriority } from '../../../src/core/assess/situation-of-priority.ts';
import type { Reconciled } from '../../../src/core/reconciliation.ts';
import type { Priority } from '../../../src/core/records.ts';
import { addDays } from '../../../src/core/window.ts';
import { withDefaults } from '../../../src/core/workspace-config.ts';
import { runChecks } from '../../../src/pipeline/assess/run-checks.ts';
import { silentLog } from '../../support/silent-log.ts';
import { answerFromCells, type Cell } from './cells.ts';
import { judge } from './judge.ts';
import type { Scenario } from './scenario.ts';
import { DAYS, drawCells, JUDGED } from './world.ts';

export interface Outcome {
  scenario: Scenario;
  /** The priority it was read from; null where nothing was flagged there. */
  found: string | null;
  ranked: { category: CauseCategory; confidence: Confidence; probability: number }[];
  first: boolean;
  firstTwo: boolean;
}

export async function assessScenario(scenario: Scenario): Promise<Outcome> {
  const cells = drawCells(scenario.plan);
  const priorities = judge(cells, reconciledOf(scenario, cells));
  const priority = priorityOn(priorities, scenario.page);
  if (!priority) return { scenario, found: null, ranked: [], first: false, firstTwo: false };
  const checked = await runChecks(
    {
      metrics: { answer: async (query) => answerFromCells(cells, query) },
      setting: { asOf: 0, config: withDefaults({}) },
      ...{ clock: () => 0, log: silentLog },
    },
    situationOfPriority(priority, { currency: 'USD', timezone: 'UTC' }),
  );
  const signs = readSigns(checked.situation, checked.answers, scenario.marks ?? []);
  const facts = [...checked.situation.facts, ...factsOfSigns(signs)];
  const ranked = rankHypotheses(signs, facts).map(({ hypothesis: { category, confidence }, probability }) => ({
    ...{ category, confidence, probability },
  }));
  const { causes } = scenario;
  const named = ranked.slice(0, Math.max(2, causes.length)).map(({ category }) => category);
  const firstTwo = causes.every((cause) => named.includes(cause));
  const lead = priority.pattern_record.findings[0];
  const found = `${priority.entity_key} ${lead?.rule} ${lead?.metric}`;
  return { scenario, found, ranked, first: causes.includes(ranked[0]?.category ?? 'unknown'), firstTwo };
}

/** The page itself, else a priority that it is told with, else an error. */
const priorityOn = (priorities: readonly Priority[], page: string): Priority | undefined =>
  priorities.find(({ entity_key }) => entity_key === page) ??
  priorities.find(({ members }) => members.some(({ entity_key }) => entity_key === page)) ??
  priorities.find(({ entity_type }) => entity_type === 'error_signature');

const PAIR = {
  ...{ id: 'paid-without-order', label: 'paid without order', by: 'order_id' as const, within: 15, tolerance: 0.01 },
  left: { type: 'action' as const },
  right: { type: 'revenue' as const },
};

function reconciledOf({ unmatched, page }: Scenario, cells: readonly Cell[]): Reconciled[] {
  if (!unmatched) return [];
  const dates = Array.from({ length: DAYS }, (_, index) => addDays(JUDGED, index + 1 - DAYS));
  const since = addDays(JUDGED, 1 - unmatched.days);
  const left = (date: string): number =>
    cells.reduce((all, cell) => (cell.date === date && cell.surface === page ? all + (cell.actions ?? 0) : all), 0);
  const days = dates.map((date) => ({
    ...{ date, surface: page, left: left(date) },
    unmatched: Math.round(left(date) * (date >= since ? unmatched.share : 0.004)),
  }));
  return [
    { reconciliation: PAIR, days, right: days.map((day) => ({ date: day.date, count: day.left - day.unmatched })) },
  ];
}

export interface Measured {
  /** Of what was flagged; an incident that nobody was told of has no assessment. */
  outcomes: Outcome[];
  /** Not flagged by the judge. */
  unseen: Outcome[];
  firstTwo: number;
  first: number;
  /** By the word of the first hypothesis: how often it was right. */
  calibration: { confidence: Confidence; said: number; right: number }[];
}

export async function measure(scenarios: readonly Scenario[]): Promise<Measured> {
  const all: Outcome[] = [];
  for (const scenario of scenarios) all.push(await assessScenario(scenario));
  const outcomes = all.filter(({ found }) => found !== null);
  const unseen = all.filter(({ found }) => found === null);
  const share = (of: (outcome: Outcome) => boolean): number => outcomes.filter(of).length / outcomes.length;
  const calibration = (['high', 'medium', 'low'] as const).map((confidence) => {
    const said = outcomes.filter(({ ranked: [top] }) => top?.confidence === confidence);
    return { confidence, said: said.length, right: said.filter(({ first }) => first).length };
  });
  return {
    outcomes,
    unseen,
    firstTwo: share(({ firstTwo }) => firstTwo),
    first: share(({ first }) => first),
    calibration,
  };
}
