import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createChannelInfos } from '../../src/slack/channel-infos.ts';
import { createClientOptions } from '../../src/slack/client-options.ts';
import { silentLog } from '../support/silent-log.ts';

const NAMES = Array.from({ length: 12 }, (_, n) => `team-${n}`);
const MINUTE = 60_000;

let sandbox: Sandbox;
let now = 0;
beforeEach(async () => {
  sandbox = await startSandbox({ channels: NAMES.map((name, n) => ({ name, isPrivate: n === 1 })) });
});
afterEach(() => sandbox.stop());

function enter() {
  const client = new WebClient(sandbox.botToken, createClientOptions(sandbox.apiUrl, silentLog));
  const infos = createChannelInfos(client, () => now);
  return (names: readonly string[]) => Promise.all(names.map((name) => infos.of(sandbox.ids.channels[name] ?? name)));
}
const isOff = (method: string): void => sandbox.control.refuse(method, 'missing_scope', { calls: 1_000 });

it('reads the list of all channels for whoever asks for many at once, and remembers it', async () => {
  const ask = enter();
  isOff('conversations.info');
  expect((await ask(NAMES)).map((info) => info?.name)).toEqual(NAMES);
  isOff('conversations.list');
  expect(await ask(['team-1'])).toMatchObject([{ is_private: true, is_archived: false, is_ext_shared: false }]);
  now += 6 * MINUTE;
  expect(await ask(['team-1'])).toEqual([null]);
});

it('asks for a few one by one, as well as for what the list does not have', async () => {
  const ask = enter();
  isOff('conversations.list');
  expect(await ask(['team-0', 'team-2', 'nowhere'])).toMatchObject([{ name: 'team-0' }, { name: 'team-2' }, null]);
  expect((await ask(NAMES)).map((info) => info?.name)).toEqual(NAMES);
});
