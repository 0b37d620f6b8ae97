import { describe, expect, it } from 'vitest';
import { buildPausedChannel } from '../../../src/slack/views/paused-channel.ts';

describe('the notice of a paused channel', () => {
  it.each([
    [
      'not_in_channel',
      [3],
      'I cannot post in <#C0000001>: I am not a member of it any more. Your subscription #3 there is paused. Invite me there with `/invite @Seepass` to go on.',
    ],
    [
      'is_archived',
      [3, 4],
      'I cannot post in <#C0000001>: it is archived. Your subscriptions #3, #4 there are paused. Take it out of the archive to go on, or subscribe another channel.',
    ],
    [
      'shared',
      [3],
      'I cannot post in <#C0000001>: it is shared with another company, and nobody has allowed that. Your subscription #3 there is paused. It goes on when it is not shared any more; or an admin lists it in `SEEPASS_CHANNELS`, then say `/seepass subscribe` there.',
    ],
    [
      'not_listed',
      [3],
      'I cannot post in <#C0000001>: it is not among the channels I may post to. Your subscription #3 there is paused. An admin can add it to `SEEPASS_CHANNELS`; then say `/seepass subscribe` there.',
    ],
    [
      '<!channel>',
      [3],
      'I cannot post in <#C0000001>: Slack says &lt;!channel&gt;. Your subscription #3 there is paused. When that is mended, say `/seepass subscribe` there.',
    ],
  ])('for %s', (reason, subscriptions, text) => {
    expect(buildPausedChannel({ channel: 'C0000001', reason, subscriptions }).text).toBe(text);
  });

  it('does not name a direct message by its id', () => {
    const { text } = buildPausedChannel({ channel: 'D0000001', reason: 'channel_not_found', subscriptions: [1] });
    expect(text).toContain('in our direct messages:');
  });
});
