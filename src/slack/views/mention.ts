import { quote } from '../mrkdwn.ts';

/** `<@U…>` for a Slack user id, and the words themselves for anything else. */
export function mention(who: string | null): string {
  if (who === null) return 'somebody';
  return /^[UW][A-Z0-9]{5,}$/.test(who) ? `<@${who}>` : quote(who, 60);
}
