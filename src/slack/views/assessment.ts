import type { AssessedAction, Assessment, Claim, Hypothesis, HypothesisCheck } from '../../core/assess/assessment.ts';
import { CATEGORY_WORDS, CONFIDENCE_WORDS } from '../../core/assess/category-words.ts';
import { formatCount, joinWords, SEVERITY_SHAPES } from '../../core/facts/render.ts';
import type { Fact, JsonObject } from '../../core/records.ts';
import { placeOf } from '../../core/runbook/citation.ts';
import { ASSESSMENT_CALLBACK } from '../assessment-ids.ts';
import { link, quote, shorten } from '../mrkdwn.ts';
import { context, divider, modal, section } from './elements.ts';

export const ASSESSMENT_TITLE = 'Assessment';
const HYPOTHESES = 3;
const CHECKS = 3;
const PAGES = 3;
const LINE = 400;

/**
 * What is likely behind it, what speaks for and against, whom it hits, what it costs, what may be done.
 * @param where `timezone` IANA; `hasStrangers` where people of other companies read along: no runbook is quoted there.
 */
export function buildAssessmentModal(
  assessment: Assessment,
  { timezone, hasStrangers = false }: { timezone: string; hasStrangers?: boolean },
): JsonObject {
  const { summary, severity, cause, evidence, hypotheses, actions, uncertainties } = assessment;
  return modal(ASSESSMENT_CALLBACK, ASSESSMENT_TITLE, [
    section(`${SEVERITY_SHAPES[severity]} ${quote(summary.text, 900)}`),
    section(
      `*Likely: ${CATEGORY_WORDS[cause.category]}* · ${CONFIDENCE_WORDS[cause.confidence]}\n${quote(cause.text.text, 900)}`,
    ),
    ...listed(
      'What speaks for it, and against',
      evidence.filter(({ text }) => !cause.text.text.includes(text)),
    ),
    section(`*Whom it hits*\n${blastLines(assessment).join('\n')}`),
    section(`*What it costs*\n${costLines(assessment).join('\n')}`),
    section(`*What to do*\n${actions.map(actionLine).join('\n')}`),
    ...(hasStrangers ? [] : runbookBlocks(assessment)),
    divider(),
    ...hypotheses.slice(0, HYPOTHESES).map((hypothesis, index) => section(hypothesisText(hypothesis, index + 1))),
    ...(uncertainties.length === 0 ? [] : listed('Not known, or not sure', uncertainties)),
    context(footer(assessment, timezone)),
  ]);
}

const listed = (title: string, claims: readonly Claim[]): JsonObject[] =>
  claims.length === 0 ? [] : [section(`*${title}*\n${claims.map(({ text }) => `• ${quote(text, LINE)}`).join('\n')}`)];

const textOf = (facts: readonly Fact[], id: string): string | null =>
  facts.find((fact) => fact.id === id)?.text ?? null;

function blastLines({ blast: { surfaces, stage }, facts }: Assessment): string[] {
  const people = ['blast.accounts', 'blast.users'].flatMap((id) => textOf(facts, id) ?? []);
  const names = surfaces.slice(0, PAGES).map((page) => quote(shorten(page, 60), 60));
  const more = surfaces.length - names.length;
  const pages = more > 0 ? `${names.join(', ')} and ${formatCount(more)} more` : names.join(', ');
  return [
    people.length > 0 ? joinWords(people) : 'Whom is not known: these events name nobody.',
    ...(surfaces.length === 0 ? [] : [`Pages: ${pages}`]),
    ...(stage === null ? [] : [`Funnel: ${quote(stage.funnel, 60)}, ${quote(stage.step, 120)}`]),
  ];
}

function costLines({ risk, facts }: Assessment): string[] {
  const [day, hour, window, orders] = ['per_day', 'per_hour', 'window', 'lost_orders'].map((id) =>
    textOf(facts, `risk.${id}`),
  );
  return [
    ...(day
      ? [`${day} a day${hour ? ` (${hour} an hour)` : ''}${window && window !== day ? `, ${window} so far` : ''}`]
      : []),
    ...(orders ? [`${orders} orders missing`] : []),
    quote(risk.basis, LINE),
  ];
}

function actionLine({ action, confidence, track, needsApproval }: AssessedAction): string {
  const notes = [
    `${action.risk} risk`,
    CONFIDENCE_WORDS[confidence],
    needsApproval ? 'needs approval' : 'runs by itself',
    ...(action.type === 'simulate' ? ['a simulation'] : []),
    ...(track === null ? [] : [track]),
  ];
  return `• ${quote(action.title, 200)} (${notes.join(', ')})`;
}

function runbookBlocks({ runbooks }: Assessment): JsonObject[] {
  if (runbooks.length === 0) return [section('*Runbooks*\nNo runbook covers this.')];
  const lines = runbooks.map((citation) => {
    const place = shorten(placeOf(citation), 120);
    return `• ${citation.link === null ? quote(place, 120) : link(citation.link, place)}\n> ${quote(citation.excerpt, 200)}`;
  });
  return [section(`*Runbooks*\n${lines.join('\n')}`)];
}

const VERDICTS: Readonly<Record<HypothesisCheck['verdict'], string>> = {
  confirms: 'For',
  refutes: 'Against',
  neither: 'Looked at',
  no_data: 'Not known',
};

function hypothesisText(hypothesis: Hypothesis, place: number): string {
  const { statement, confidence, checks, confirmedBy, refutedBy } = hypothesis;
  const found = checks
    .slice(0, CHECKS)
    .map(({ verdict, found: claim }) => `• ${VERDICTS[verdict]}: ${quote(claim.text, LINE)}`);
  const title = `*${place}. ${quote(statement.text, 200)}* · ${CONFIDENCE_WORDS[confidence]}`;
  return [
    title,
    ...found,
    `Would confirm it: ${quote(confirmedBy, 200)}`,
    `Would refute it: ${quote(refutedBy, 200)}`,
  ].join('\n');
}

function footer({ assumptions, facts, writtenBy, dropped }: Assessment, timezone: string): string {
  const asked = textOf(facts, 'check.asked');
  return [
    ...assumptions.map(({ text }) => quote(text, LINE)),
    ...(asked === null ? [] : [`${asked} checks`]),
    quote(timezone, 60),
    writtenBy === 'model'
      ? `worded by a model, figures by code${dropped > 0 ? `, ${dropped} of its claims left out` : ''}`
      : 'worded without a model',
  ].join(' · ');
}
