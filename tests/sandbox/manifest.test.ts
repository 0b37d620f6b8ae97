import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAppManifest } from '../../src/sandbox/manifest.ts';
import type { PageWorkspace } from '../../src/sandbox/page-protocol.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startPlace } from './web-api/place.ts';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-manifest-'));
  path = join(folder, 'manifest.yml');
  const lines = [
    'features:',
    '  slash_commands:',
    '    - { command: /seepass, description: Ask, usage_hint: "[what]", should_escape: true }',
    'oauth_config: { scopes: { bot: [commands] } }',
    'settings: { event_subscriptions: { bot_events: [app_mention] } }',
  ];
  await writeFile(path, lines.join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the manifest', () => {
  it("is the repository's own unless said", () => {
    const { scopes, events, commands } = readAppManifest();
    expect(scopes).toContain('chat:write');
    expect(events).toContain('app_mention');
    expect(commands.map(({ command }) => command)).toEqual(['/seepass']);
    expect(commands[0]?.description).not.toBe('');
  });

  it('gives the page its commands with description and hint, those the app suggests after them', async () => {
    const suggested = { command: '/seepass top', hint: '[n]', description: 'What to fix' };
    const sandbox = await startSandbox({ manifest: path, commands: [suggested] });
    const answer = await fetch(new URL('/sandbox/workspace', sandbox.url));
    const { commands }: PageWorkspace = JSON.parse(await answer.text());
    expect(commands).toEqual([{ command: '/seepass', hint: '[what]', description: 'Ask' }, suggested]);
    await sandbox.stop();
  });

  it('decides which commands there are', async () => {
    const sandbox = await startSandbox({ manifest: path });
    const outcome = await sandbox.as('maya').slash('#support', '/weather Berlin');
    expect(outcome.failure).toContain('/weather is not a valid command');
    expect(sandbox.messages('#support', { as: 'sam' })).toEqual([]);
    await sandbox.stop();
  });

  it.each([
    ['names people and channels by id where it asks for that', true],
    ['leaves them as they were typed where it does not', false],
  ])('%s', async (_name, isEscaped) => {
    const place = await startPlace('socket', isEscaped ? { manifest: path } : {});
    await place.running.sandbox.as('maya').slash('#support', '/seepass ask @sam');
    const sent = isEscaped ? `ask <@${place.person('sam')}>` : 'ask @sam';
    expect(place.running.heard.at(-1)?.body.text).toBe(sent);
    await place.running.stop();
  });
});
