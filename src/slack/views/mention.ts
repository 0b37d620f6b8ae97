import { quote } from '../mrkdwn.ts';

/** A person, a user group or a channel as Slack reads its id in a message, and the words themselves for anything else. */
export function mention(who: string | null): string {
  if (who === null) return 'somebody';
  if (!/^[UWSCG][A-Z0-9]{5,}$/.test(who)) return quote(who, 60);
  if (who.startsWith('S')) return `<!subteam^${who}>`;
  return /^[CG]/.test(who) ? `<#${who}>` : `<@${who}>`;
}
