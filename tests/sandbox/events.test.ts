import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAppManifest } from '../../src/sandbox/manifest.ts';
import type { TransportName } from './bolt-app.ts';
import { at } from './clients.ts';
import { type Place, startPlace } from './web-api/place.ts';

const events = [...readAppManifest().events, 'reaction_added', 'reaction_removed', 'file_shared'];

describe.each<TransportName>(['socket', 'http'])('a Bolt app over %s hears', (transport) => {
  let place: Place;
  beforeAll(async () => {
    place = await startPlace(transport, { events });
  });
  afterAll(() => place.running.stop());

  const sandbox = () => place.running.sandbox;
  /** The last event of a type and subtype, once it has come. */
  const heard = async (type: string, subtype?: string) => {
    const isIt = (body: unknown) => at(body, 'event.type') === type && at(body, 'event.subtype') === subtype;
    const { body } = await sandbox().until(() => place.running.heard.filter((one) => isIt(one.body)).at(-1));
    place.running.heard.length = 0;
    return body.event;
  };
  const sam = () => place.person('sam');

  it('an edit, with what the message was before', async () => {
    const message = sandbox().as('sam').say('#support', 'befor');
    const { ts } = message;
    sandbox().as('sam').edit(message, 'before *noon*');
    expect(await heard('message', 'message_changed')).toMatchObject({
      channel: place.channel('support'),
      channel_type: 'channel',
      hidden: true,
      message: { ts, text: 'before *noon*', user: sam(), edited: { user: sam() } },
      previous_message: { ts, text: 'befor' },
    });
  });

  it("an edit of the app's own", async () => {
    const where = { channel: place.channel('product-health'), ts: await place.post() };
    await place.running.app.client.chat.update({ ...where, text: 'changed' });
    expect(await heard('message', 'message_changed')).toMatchObject({
      message: { bot_id: 'B0SEEPASS0', text: 'changed' },
      previous_message: { text: 'hello' },
    });
  });

  it('a deletion, with what is gone', async () => {
    const message = sandbox().as('sam').say('#support', 'never mind');
    sandbox().as('sam').delete(message);
    expect(await heard('message', 'message_deleted')).toMatchObject({
      channel: place.channel('support'),
      deleted_ts: message.ts,
      hidden: true,
      previous_message: { text: 'never mind', user: sam() },
    });
  });

  it('a parent that became a tombstone', async () => {
    const message = sandbox().as('sam').say('#support', 'with replies');
    sandbox().as('maya').reply(message, 'one');
    sandbox().as('sam').delete(message);
    expect(await heard('message', 'message_changed')).toMatchObject({
      message: { subtype: 'tombstone', ts: message.ts },
      previous_message: { text: 'with replies' },
    });
  });

  it('a reaction, and that it was taken back', async () => {
    const message = sandbox().as('sam').say('#support', 'nice');
    const item = { type: 'message', channel: place.channel('support'), ts: message.ts };
    sandbox().as('maya').react(message, 'eyes');
    const reaction = { user: place.person('maya'), reaction: 'eyes', item, item_user: sam() };
    expect(await heard('reaction_added')).toMatchObject(reaction);
    sandbox().as('maya').react(message, 'eyes');
    expect(await heard('reaction_removed')).toMatchObject(reaction);
  });

  it('a file that somebody shared, and the message around it', async () => {
    sandbox()
      .as('sam')
      .share('#support', [{ name: 'runbook.md', content: Buffer.from('# Restart it') }], 'see this');
    const message = await heard('message', 'file_share');
    const file = at(message, 'files[].id');
    expect(message).toMatchObject({
      text: 'see this',
      user: sam(),
      upload: false,
      files: [{ mimetype: 'text/markdown' }],
    });
    const client = place.running.app.client;
    const info = await client.files.info({ file: String(file) });
    const headers = { authorization: `Bearer ${sandbox().botToken}` };
    expect(await (await fetch(String(info.file?.url_private), { headers })).text()).toBe('# Restart it');
  });

  it('which file was shared where, by an event of its own', async () => {
    const message = sandbox()
      .as('sam')
      .share('#support', [{ name: 'a.csv', content: Buffer.from('a') }]);
    expect(await heard('file_shared')).toMatchObject({
      file_id: at(message, 'files[].id'),
      channel_id: place.channel('support'),
      user_id: sam(),
    });
  });

  it('that it was invited to a channel, and by whom, once', async () => {
    await sandbox().as('maya').slash('#support', '/remove @Seepass');
    await sandbox().as('sam').slash('#support', '/invite @Seepass');
    expect(await heard('member_joined_channel')).toMatchObject({
      user: 'U0SEEPASS0',
      channel: place.channel('support'),
      channel_type: 'C',
      inviter: sam(),
    });
    await sandbox().as('sam').slash('#support', '/invite @Seepass');
    expect(sandbox().messages('#support', { as: 'sam' }).at(-1)?.text).toBe('@Seepass is already in this channel.');
    await sandbox().as('sam').slash('#support', '/invite @maya');
    expect(sandbox().messages('#support', { as: 'sam' }).at(-1)?.text).toContain('everybody else is in every channel');
  });

  it.each([
    ['support', 'channel'],
    ['leadership', 'group'],
  ])('that #%s is shared, renamed and archived, and no more', async (name, kind) => {
    const channel = place.channel(name);
    const { control } = sandbox();
    control.changeChannel(name, { isShared: true });
    expect(await heard('channel_shared')).toMatchObject({ channel, connected_team_id: 'T0PARTNER0' });
    const { channel: info } = await place.running.app.client.conversations.info({ channel });
    expect(info).toMatchObject({ is_ext_shared: true, is_archived: false });
    control.changeChannel(name, { isShared: false, isArchived: true });
    expect(await heard(`${kind}_archive`)).toMatchObject({ channel, user: expect.stringMatching(/^U/) });
    control.changeChannel(channel, { name: 'another-name', isArchived: false });
    expect(await heard(`${kind}_rename`)).toMatchObject({ channel: { id: channel, name: 'another-name' } });
    control.changeChannel('another-name', { name });
    control.changeChannel(name, { isArchived: true });
    control.changeChannel(name, { isArchived: true });
    control.changeChannel(name, { isArchived: false });
    expect(await heard(`${kind}_unarchive`)).toMatchObject({ channel });
    expect(place.running.heard.map(({ body }) => at(body, 'event.type'))).not.toContain(`${kind}_archive`);
  });

  it('what a person wrote as the rich text of the composer of Slack', async () => {
    sandbox().as('sam').say('#support', 'ask @maya in #support');
    expect(at(await heard('message'), 'blocks[].elements[].elements')).toEqual([
      { type: 'text', text: 'ask ' },
      { type: 'user', user_id: place.person('maya') },
      { type: 'text', text: ' in ' },
      { type: 'channel', channel_id: place.channel('support') },
    ]);
  });
});

describe('what the manifest does not subscribe to', () => {
  it('is not sent', async () => {
    const place = await startPlace('socket', { events: ['message.channels'] });
    const { sandbox, heard } = place.running;
    const message = sandbox.as('sam').say('#support', 'first');
    sandbox.as('maya').react(message, 'eyes');
    sandbox.as('maya').mention('#support', 'hello');
    sandbox.as('maya').tell('in private');
    sandbox.as('sam').say('#support', 'last');
    await sandbox.until(() => heard.some((one) => at(one.body, 'event.text') === 'last'));
    expect(new Set(heard.map((one) => one.kind))).toEqual(new Set(['message']));
    expect(heard.map((one) => at(one.body, 'event.channel_type'))).not.toContain('im');
    await place.running.stop();
  });
});

describe('what happens where the app is not, or before one person only', () => {
  it('is not sent', async () => {
    const place = await startPlace('socket', { events });
    const { sandbox, heard, app } = place.running;
    sandbox.as('sam').say('#general', 'not for the app');
    const whisper = { channel: place.channel('support'), user: place.person('sam'), text: 'psst' };
    await app.client.chat.postEphemeral(whisper);
    sandbox.as('sam').say('#support', 'for the app');
    await sandbox.until(() => heard.length > 0);
    expect(heard.map((one) => at(one.body, 'event.text'))).toEqual(['for the app']);
    await place.running.stop();
  });
});
