import { expect, it } from 'vitest';
import type { DrawChart } from '../../src/pipeline/charts.ts';
import { LEASE_MS } from '../../src/pipeline/deliver.ts';
import type { Messenger } from '../../src/pipeline/ports.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { CHANNEL, type Delivering, startDelivering } from './delivering.ts';

const SHARE = 'files.completeUploadExternal';
const drawn: DrawChart = async () => Buffer.from('\x89PNG and so on', 'latin1');

describeOnOneDatabase('the delivery of a chart', (open) => {
  async function enter(drawChart: DrawChart | undefined = drawn): Promise<Delivering> {
    const place = await startDelivering(await open(), {}, drawChart);
    await place.post('one');
    await place.drain();
    return place;
  }

  /** What the thread has beside the message it began with: the words, or "picture". */
  const thread = ({ sandbox }: Delivering): string[] => {
    const [root] = sandbox.messages(CHANNEL);
    const replies = root === undefined ? [] : sandbox.thread(root).slice(1);
    return replies.map(({ text, files }) => (files && files.length > 0 ? 'picture' : text));
  };

  it('puts the picture after the line it belongs to, with the finding in words, whoever delivers', async () => {
    const place = await enter();
    await place.reply('one', 2);
    await place.chart('one', 2);
    for (let beat = 0; beat < 4; beat += 1) {
      await Promise.all(['a', 'b', 'c'].map((owner) => place.deliver({ owner })));
      place.advance(1_000);
    }
    expect(thread(place)).toEqual(['one, entry 2', 'picture']);
    const [root] = place.sandbox.messages(CHANNEL);
    const picture = root && place.sandbox.thread(root).at(-1);
    expect(picture?.text).toBe('/checkout: errors 5.2x normal at worst, 14:00 to 15:00');
    expect(picture?.files).toMatchObject([
      { mimetype: 'image/png', alt_txt: expect.stringContaining('with 11% against a normal 1–4%') },
    ]);
  });

  it.each([
    ['500 after it took it', (sandbox: Sandbox) => sandbox.control.failAfterAccepting(SHARE)],
    ['500 without taking it', (sandbox: Sandbox) => sandbox.control.fail(SHARE)],
    ['nothing that arrives', (sandbox: Sandbox) => sandbox.control.dropResponse(SHARE)],
    ['that it is too much just now', (sandbox: Sandbox) => sandbox.control.rateLimit(SHARE, { retryAfterSeconds: 9 })],
  ])('shares it once when Slack answers %s', async (_name, fault) => {
    const place = await enter();
    fault(place.sandbox);
    await place.chart('one', 2);
    await place.drain();
    expect(thread(place)).toEqual(['picture']);
  });

  it('looks for it where the process died after sharing it', async () => {
    const place = await enter();
    await place.chart('one', 2);
    const dying: Messenger = {
      ...place.messenger,
      post: async (...message) => {
        await place.messenger.post(...message);
        throw new Error('the process was killed here');
      },
    };
    place.advance(1_000);
    await expect(place.deliver({ messenger: dying })).rejects.toThrow('killed');
    place.advance(LEASE_MS + 1);
    expect(await place.deliver({ owner: 'two' })).toMatchObject({ sent: 1 });
    expect(thread(place)).toEqual(['picture']);
  });

  it.each<[string, DrawChart | undefined, (sandbox: Sandbox) => void]>([
    ['nothing draws', undefined, () => undefined],
    ['the drawing fails', () => Promise.reject(new Error('no fonts')), () => undefined],
    ['files may not be shared', drawn, ({ control }) => control.refuse('files.getUploadURLExternal', 'missing_scope')],
    ['Slack takes no file just now', drawn, ({ control }) => control.fail('files.getUploadURLExternal')],
  ])('says it in words where %s', async (_name, drawChart, fault) => {
    const place = await startDelivering(await open(), {}, drawChart);
    await place.post('one');
    await place.drain();
    fault(place.sandbox);
    await place.chart('one', 2);
    await place.drain();
    expect(thread(place)).toEqual(['one, in words']);
  });

  it('holds back no later line of the thread by its failure', async () => {
    const place = await enter(() => Promise.reject(new Error('no fonts')));
    await place.chart('one', 2);
    await place.reply('one', 3);
    place.advance(1_000);
    await place.deliver();
    place.advance(1_000);
    await place.deliver();
    expect(thread(place)).toEqual(['one, in words', 'one, entry 3']);
  });
});
