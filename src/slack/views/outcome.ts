import { formatMoment, joinWords } from '../../core/facts/render.ts';
import { BOT, type Proposal } from '../../core/proposal/proposal.ts';
import type { GlobalStop } from '../../core/proposal/proposal-view.ts';
import type { Standing } from '../../core/proposal/standing.ts';
import { escapeEntities, quote } from '../mrkdwn.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** What holds when something is shown. */
export interface OutcomeSetting {
  /** IANA. */
  timezone: string;
  /** What holds all that has not begun; null or undefined where nothing does. */
  stop: GlobalStop | null | undefined;
}

/** What became of a suggestion, in one line of mrkdwn; null while it can still be decided. */
export function outcomeLine(proposal: Proposal, setting: OutcomeSetting): string | null {
  const { timezone } = setting;
  const { state, decidedBy, decidedAt, execution } = proposal;
  const when = decidedAt === null ? '' : ` ${momentFor(decidedAt, timezone)}`;
  const who = state === 'approved' ? approversOf(proposal) : mention(decidedBy);
  switch (state) {
    case 'proposed':
      return null;
    case 'approved':
      return [
        approvedWords(proposal, decidedBy === BOT ? null : `by ${who}${when}`, setting),
        summaryOf(execution?.summary),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'rejected':
      return `*Dismissed* by ${who}${when}`;
    case 'withdrawn':
      return decidedBy === BOT
        ? [`*Withdrawn*${when}`, summaryOf(proposal.reason)].filter(Boolean).join(' · ')
        : `*Withdrawn* by ${who}${when}`;
    case 'expired':
      return 'This suggestion has expired.';
  }
}

/** Whoever approved what was done, the last one last. */
function approversOf({ approvals, version, decidedBy }: Proposal): string {
  const people = approvals.filter((one) => one.version === version).map(({ user }) => mention(user));
  return people.length === 0 ? mention(decidedBy) : joinWords(people);
}

/** @param by who approved it and when; null where policy lets it run by itself. */
function approvedWords({ execution, decidedAt }: Proposal, by: string | null, setting: OutcomeSetting): string {
  const approved = by === null ? '*Runs by itself*, as low risk may here' : `*Approved* ${by}`;
  switch (execution?.state) {
    case 'failed':
    case 'cancelled':
      return by === null ? '*Not done*, though it may run by itself' : `*Not done*, though approved ${by}`;
    case 'uncertain':
      return `${approved} · *nobody can tell* whether it happened`;
    case 'done':
      return by === null ? '*Ran by itself*, as low risk may here' : approved;
    case 'running':
      return `${approved} · running`;
    default:
      return [approved, ...waitingParts(execution, decidedAt, setting)].join(' · ');
  }
}

/** Why what is approved has not begun, or not again. */
function waitingParts(
  execution: Proposal['execution'],
  decidedAt: number | null,
  { timezone, stop }: OutcomeSetting,
): string[] {
  const { attempts = 0, notBefore = 0 } = execution ?? {};
  const isOpen = attempts === 0 && notBefore > (decidedAt ?? 0);
  const parts = [
    ...(isOpen ? [`anybody may object until ${momentFor(notBefore, timezone)}`] : []),
    ...(stop ? [`*Waiting:* ${stoppedBy(stop, timezone)}`] : []),
  ];
  if (parts.length > 0) return parts;
  return [attempts > 0 ? 'waiting to be tried again' : 'about to begin'];
}

/** "everything is stopped by @ana since 09:12" */
const stoppedBy = ({ stoppedBy: who, stoppedAt }: GlobalStop, timezone: string): string =>
  `everything is stopped by ${mention(who)} since ${momentFor(stoppedAt, timezone)}`;

/** For somebody who decided where no message shows it. */
export const buildDecided = (proposal: Proposal, setting: OutcomeSetting): Rendered =>
  buildNotice(outcomeLine(proposal, setting) ?? 'Your approval counts; it needs somebody else as well.');

/** Why the desk did not do it: who was first, who may. Of its words only those mentions count that name its people. */
export function buildRefusal(
  line: string,
  { proposal, standing }: { proposal: Proposal; standing: Pick<Standing, 'from'> },
): Rendered {
  const { decidedBy, proposedBy, approvals } = proposal;
  const people = new Set([decidedBy ?? '', proposedBy, ...approvals.map(({ user }) => user), ...standing.from]);
  return buildNotice(
    escapeEntities(line).replace(/&lt;@(\w+)&gt;/g, (escaped, who: string) =>
      people.has(who) ? `<@${who}>` : escaped,
    ),
  );
}

/** Each reader's own time, beside messages whose times are that too; where Slack cannot, the workspace's and its zone. */
export const momentFor = (at: number, timezone: string): string =>
  `<!date^${Math.floor(at / 1000)}^{date_short} at {time}|${formatMoment(at, timezone)} ${timezone}>`;

const summaryOf = (said: string | null | undefined): string =>
  said ? quote(said.replace(/^Not done\.\s*/, ''), 300) : '';
