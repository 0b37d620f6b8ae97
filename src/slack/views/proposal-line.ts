import { effectWords } from '../../core/effect/effect-words.ts';
import { BOT, proposalName } from '../../core/proposal/proposal.ts';
import type { ProposalView } from '../../core/proposal/proposal-view.ts';
import type { LineKind } from '../../core/proposal/thread-lines.ts';
import { encodeIncident, INCIDENT_ACTIONS } from '../incident-ids.ts';
import { clip, link, quote, shorten } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';
import { momentFor } from './outcome.ts';

const NAMED = 3;

/** What happened to a proposal, as one calm line for its thread. @param timezone IANA. */
export function buildProposalLine(kind: LineKind, view: ProposalView, timezone: string): Rendered {
  return kind === 'effect' ? effectLine(view) : buildNotice(clip(lineText(kind, view, timezone), 3_000));
}

function lineText(kind: Exclude<LineKind, 'effect'>, { proposal, standing }: ProposalView, timezone: string): string {
  const name = `${proposalName(proposal.number)} (${quote(proposal.action.title, 120)})`;
  const asked = [...standing.from].filter((user) => !standing.counted.some((one) => one.user === user));
  const whom = asked.slice(0, NAMED).map(mention).join(', ');
  switch (kind) {
    case 'half':
      return `${standing.counted.map(({ user }) => mention(user)).join(' and ')} approved ${name}. It needs one more${whom === '' ? '' : `: ${whom}`}.`;
    case 'reminder':
      return `${name} is open until ${momentFor(proposal.expiresAt, timezone)} and then expires.${whom === '' ? '' : ` May approve: ${whom}.`}`;
    case 'decided': {
      const what = proposal.state === 'rejected' ? 'rejected' : 'withdrew';
      const why = proposal.reason === null ? '' : ` "${quote(proposal.reason, 300)}"`;
      if (proposal.decidedBy === BOT) return `I took ${name} back. ${quote(proposal.reason ?? '', 300)}`.trim();
      return `${mention(proposal.decidedBy)} ${what} ${name}.${why}`;
    }
    case 'result':
      return resultText(name, { proposal });
  }
}

function resultText(name: string, { proposal }: Pick<ProposalView, 'proposal'>): string {
  const { execution, effect, expectation } = proposal;
  const where = execution?.link ? ` (${link(execution.link, lookAt(execution.link))})` : '';
  const summary = execution?.summary?.replace(/^Not done\.\s*|[.\s]+$/g, '');
  const said = summary ? `${quote(summary, 400)}${where}.` : where;
  switch (execution?.state) {
    case 'done': {
      const hours = effect === null || expectation === null ? null : expectation.horizonHours;
      const next = hours === null ? '' : ` I look at the effect in ${hours} hours.`;
      return `Done: ${name}. ${said}${next}`;
    }
    case 'uncertain':
      return `${name} may or may not have happened: nobody can tell, so it is not tried again. ${said} Please look yourselves.`;
    case 'cancelled':
      return `Not done: ${name}. ${said}`;
    default:
      return `It did not work: ${name}. ${said}`;
  }
}

/** The other side names the address, so the words say whose it is. */
const lookAt = (url: string): string =>
  URL.canParse(url) ? `look at it on ${shorten(new URL(url).host, 50)}` : 'look at it';

/** Whether it helped; where it did not, what it was about may be opened again. */
function effectLine({ proposal }: ProposalView): Rendered {
  const { effect, expectation, subject, action, number } = proposal;
  if (effect?.result == null || expectation === null) return buildNotice('');
  const { verdict, sentence, basis } = effectWords(expectation, effect.result);
  const text = `*${verdict}* ${quote(sentence, 600)}`;
  const isVain = effect.result.verdict === 'did_not_help' || effect.result.verdict === 'worse';
  const about = `${proposalName(number)}: ${quote(action.title, 120)}${basis === '' ? '' : ` · ${quote(basis, 400)}`}`;
  return {
    text: `${verdict} ${quote(sentence, 600)}`,
    blocks: [
      section(text),
      context(about),
      ...(isVain && subject.kind === 'incident'
        ? [
            actions([
              button('Reopen', {
                actionId: INCIDENT_ACTIONS.reopen,
                value: encodeIncident({ id: subject.incidentId, revision: 0 }),
                describedAs: 'Reopen the incident',
              }),
            ]),
          ]
        : []),
    ],
  };
}
