import { CYCLE_STEPS, type CycleModel, type CycleStep } from '../../core/delivery/cycle-model.ts';
import { countOf, formatCount, formatDay, SEVERITY_SHAPES } from '../../core/facts/render.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { BOT, type Proposal, proposalName } from '../../core/proposal/proposal.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';
import { momentFor } from './outcome.ts';

const NAMED = 3;
const NAME = 60;
/** Said of a step while it is under way. */
const UNDER_WAY: Readonly<Record<CycleStep, string>> = {
  observe: 'Counting what came in and judging the hours',
  judge: 'Judging and ranking the last complete day',
  assess: 'Looking into what is likely behind it',
  propose: 'Choosing what to propose',
  act: 'Carrying out what may run by itself',
};

/** One message from the first step to the last: what is done, what is under way, what is to come. */
export function buildCycle(model: CycleModel): Rendered {
  const { startedBy, startedAt, endedAt, failedAt, timezone } = model;
  const title =
    failedAt !== null ? 'The loop broke off' : endedAt === null ? 'Looking at everything now' : 'Looked at everything';
  const took = endedAt === null ? '' : ` · took ${Math.max(1, Math.round((endedAt - startedAt) / 1_000))} s`;
  return {
    text: `${title}, started by ${mention(startedBy)}`,
    blocks: [
      section(`*${title}*`),
      section(CYCLE_STEPS.map((step) => stepLine(step, model)).join('\n')),
      ...(endedAt === null || failedAt !== null ? [] : [section(foundLines(model).join('\n'))]),
      context(`Started by ${mention(startedBy)} ${momentFor(startedAt, timezone)}${took} · \`/seepass cycle\``),
    ],
  };
}

/** For whoever comes second. */
export const busyWords = ({ startedBy, since }: { startedBy: string; since: number }, timezone: string): string =>
  `${mention(startedBy)} started this ${momentFor(since, timezone)}, and it is still under way. One runs at a time.`;

function stepLine(step: CycleStep, model: CycleModel): string {
  if (model.failedAt === step) return `✕ ${UNDER_WAY[step]}: that did not work. Nothing is lost; it can be run again.`;
  if (model.now === step) return `… ${UNDER_WAY[step]}`;
  const done = doneWords(step, model);
  return done === null ? `☐ ${UNDER_WAY[step]}` : `✓ ${done}`;
}

/** Null where it is still to come. */
function doneWords(
  step: CycleStep,
  { observed, judged, assessed, proposals, endedAt, failedAt }: CycleModel,
): string | null {
  switch (step) {
    case 'observe':
      if (observed === null) return null;
      return observed.hours === 0
        ? 'Observed: no hour has settled since the last look'
        : `Observed: ${countOf(observed.hours, 'hour')} judged, ${countOf(observed.findings, 'finding')} in them`;
    case 'judge':
      if (judged === null) return null;
      return `Judged ${formatDay(judged.date)}: ${countOf(judged.surfaces, 'surface')}, ${judged.priorities === 0 ? 'none needs a look' : `${countOf(judged.priorities, 'needs', 'need')} a look`}`;
    case 'assess':
      if (assessed === null) return null;
      if (assessed.written + assessed.kept === 0) return 'Assessed: nothing to look into';
      return `Assessed: ${formatCount(assessed.written)} anew, ${formatCount(assessed.kept)} as they were`;
    case 'propose':
      return proposals === null ? null : `Proposed: ${proposedWords(proposals)}`;
    case 'act':
      return endedAt === null || failedAt !== null || proposals === null ? null : actedWords(proposals);
  }
}

function proposedWords(proposals: readonly Proposal[]): string {
  const waiting = proposals.filter(({ state }) => state === 'proposed').length;
  const rest = proposals.length - waiting;
  if (proposals.length === 0) return 'nothing';
  return `${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a decision${rest === 0 ? '' : `, ${formatCount(rest)} ${rest === 1 ? 'is' : 'are'} approved`}`;
}

/** Only what policy lets run by itself runs without anybody. */
function actedWords(proposals: readonly Proposal[]): string {
  const alone = proposals.filter(({ state, decidedBy }) => state === 'approved' && decidedBy === BOT);
  if (alone.length === 0) return 'Acted: nothing may run by itself';
  const done = alone.filter(({ execution }) => execution?.state === 'done').length;
  return `Acted: ${alone.map(({ number }) => proposalName(number)).join(', ')} ran by ${alone.length === 1 ? 'itself' : 'themselves'}, ${done === alone.length ? 'done' : `${formatCount(done)} of ${formatCount(alone.length)} done`}`;
}

function foundLines({ incidents, first, judged, proposals }: CycleModel): string[] {
  const named = (words: readonly string[], all: number): string =>
    `${words.join(', ')}${all > words.length ? ` and ${formatCount(all - words.length)} more` : ''}`;
  const page = (name: string): string => quote(shorten(name, NAME), NAME);
  const waiting = (proposals ?? []).filter(({ state }) => state === 'proposed');
  return [
    incidents.length === 0
      ? '*Incidents:* none is open'
      : `*Incidents:* ${named(
          incidents
            .slice(0, NAMED)
            .map((one) => `${incidentName(one.number)} ${SEVERITY_SHAPES[one.severity]} ${page(one.lead.surface)}`),
          incidents.length,
        )} · \`/seepass incidents\``,
    first.length === 0
      ? '*To fix next:* nothing outside normal'
      : `*To fix next:* ${named(
          first.map(({ entity_key }) => page(entity_key)),
          judged?.priorities ?? first.length,
        )} · \`/seepass top\``,
    ...(waiting.length === 0
      ? []
      : [
          `*To decide:* ${named(
            waiting.slice(0, NAMED).map(({ number, action }) => `${proposalName(number)} ${quote(action.title, 80)}`),
            waiting.length,
          )} · \`/seepass proposals\``,
        ]),
  ];
}
