import { formatMoment } from '../../core/facts/render.ts';
import type { Proposal } from '../../core/records.ts';
import { quote } from '../mrkdwn.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** What became of a suggestion, in one line of mrkdwn; null while it is still open. */
export function outcomeLine(proposal: Proposal, timezone: string): string | null {
  const who = mention(proposal.decided_by);
  const when = proposal.decided_at === null ? '' : ` ${momentOf(proposal.decided_at, timezone)}`;
  switch (proposal.state) {
    case 'proposed':
      return null;
    case 'approved':
      return `*Approved* by ${who}${when} · running`;
    case 'done':
      return [`*Approved* by ${who}${when}`, summaryOf(proposal)].filter(Boolean).join(' · ');
    case 'failed':
      return [`*Not done*, though approved by ${who}${when}`, summaryOf(proposal)].filter(Boolean).join(' · ');
    case 'dismissed':
      return `*Dismissed* by ${who}${when}`;
    case 'expired':
      return 'This suggestion has expired.';
  }
}

/** For somebody who pressed after somebody else, or too late. */
export function buildTooLate(proposal: Proposal, timezone: string): Rendered {
  if (proposal.state === 'expired' || proposal.decided_by === null) return buildNotice('This suggestion has expired.');
  const what = proposal.state === 'dismissed' ? 'dismissed' : 'approved';
  const when = proposal.decided_at === null ? '' : ` on ${momentOf(proposal.decided_at, timezone)}`;
  return buildNotice(`${mention(proposal.decided_by)} was first and ${what} this${when}.`);
}

/** For somebody who pressed Approve or Dismiss and may not. */
export function buildNotAllowed(approvers: readonly string[]): Rendered {
  const people = approvers.slice(0, 5).map(mention);
  const more = approvers.length > people.length ? ` and ${approvers.length - people.length} more` : '';
  return buildNotice(
    people.length > 0
      ? `Only an approver may decide this. Ask ${people.join(', ')}${more}.`
      : 'Only an approver may decide this, and nobody is one yet. Name people in SEEPASS_APPROVERS or SEEPASS_ADMINS.',
  );
}

/** Each reader's own time, beside messages whose times are that too; where Slack cannot, the workspace's and its zone. */
const momentOf = (at: number, timezone: string): string =>
  `<!date^${Math.floor(at / 1000)}^{date_short} at {time}|${formatMoment(at, timezone)} ${timezone}>`;

function summaryOf({ outcome }: Proposal): string {
  const said = outcome?.summary;
  return typeof said === 'string' ? quote(said.replace(/^Approved, but not done[.:]\s*/, ''), 300) : '';
}
