import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/pipeline/delivery-error.ts';
import { chartless, sendSimplerIfRefused } from '../../src/slack/send-simpler.ts';

const words = { type: 'section', text: { type: 'mrkdwn', text: 'words' } };
const chart = { type: 'data_visualization', title: 'Errors' };
const refused = (reason: string) => new DeliveryError('permanent', 'refused', { reason });

describe('a message whose chart a workspace does not take', () => {
  it.each([
    ['is sent again without it', [words, chart], 'invalid_blocks', [2, 1]],
    ['is not sent again where there is no chart to leave out', [words], 'invalid_blocks', [1]],
    ['is not sent again for any other reason', [words, chart], 'channel_not_found', [2]],
  ])('%s', async (_name, blocks, reason, sent) => {
    const sizes: number[] = [];
    const sending = sendSimplerIfRefused(chartless({ text: 'words', blocks }), async (one) => {
      sizes.push(one.blocks.length);
      if (sizes.length === 1) throw refused(reason);
    });
    if (sent.length === 2) await sending;
    else await expect(sending).rejects.toMatchObject({ reason });
    expect(sizes).toEqual(sent);
  });
});
