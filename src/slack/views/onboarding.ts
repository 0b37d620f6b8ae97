import { HOME_ACTIONS } from '../home-ids.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { actions, linkButton, section } from './elements.ts';
import type { Rendered } from './notice.ts';

/**
 * What whoever set Seepass up is told, once: what it does, and the three next steps.
 * @param homeUrl opens the Home tab; null where nobody knows how.
 */
export function buildOnboarding(homeUrl: string | null): Rendered {
  const what =
    'I read your product events, support tickets and errors, and tell a channel each morning what to fix next and why. I write when something leaves its normal range, and say nothing otherwise.';
  const steps = [
    'Send me events: `seepass import events.jsonl`, or post to `/v1/events`.',
    `Invite me to a channel with \`/invite @Seepass\`, and type \`${SLASH_COMMAND} subscribe\` there.`,
    'Open my Home tab: it shows what is still missing, and who may change settings.',
  ];
  return {
    text: 'Seepass is running. Three steps until the first digest.',
    blocks: [
      section(`*Seepass is running.*\n${what}`),
      section(
        `*Three steps until the first digest*\n${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}`,
      ),
      ...(homeUrl === null ? [] : [actions([linkButton('Open Home', { actionId: HOME_ACTIONS.open, url: homeUrl })])]),
    ],
  };
}
