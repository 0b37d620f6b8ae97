import type { Assessment } from '../../core/assess/assessment.ts';
import { CATEGORY_WORDS, CONFIDENCE_WORDS } from '../../core/assess/category-words.ts';
import { joinWords } from '../../core/facts/render.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { ASSESSMENT_ACTIONS } from '../assessment-ids.ts';
import { quote } from '../mrkdwn.ts';
import { actions, context, section } from './elements.ts';
import { press } from './incident-buttons.ts';
import type { Rendered } from './notice.ts';

/** The short of it for an incident's thread: the likely cause, what else it may be, and what to do. */
export function buildAssessmentLine(assessment: Assessment, incident: Incident): Rendered {
  const { cause, hypotheses, actions: todo, edition } = assessment;
  const title = `${edition > 1 ? 'Now likely' : 'Likely'}: ${CATEGORY_WORDS[cause.category]}`;
  const others = hypotheses
    .slice(1, 3)
    .filter(({ category }) => category !== 'unknown')
    .map(({ category }) => CATEGORY_WORDS[category]);
  const [first] = todo;
  const lines = [
    `*${title}* · ${CONFIDENCE_WORDS[cause.confidence]}`,
    quote(cause.text.text, 500),
    ...(first ? [`What to do: ${quote(first.action.title, 200)} (${first.action.risk} risk)`] : []),
  ];
  const against = hypotheses[0]?.checks.find(({ verdict }) => verdict === 'refutes')?.found.text;
  const small = [
    ...(others.length > 0 ? [`May also be ${joinWords(others, 'or')}`] : []),
    ...(against ? [`Against: ${quote(against, 250)}`] : []),
  ];
  return {
    text: `${title}. ${quote(cause.text.text, 500)}`,
    blocks: [
      section(lines.join('\n')),
      ...(small.length > 0 ? [context(small.join(' · '))] : []),
      actions([press(incident, 'Assessment', ASSESSMENT_ACTIONS.ofIncident)]),
    ],
  };
}
