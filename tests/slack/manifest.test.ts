import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commands } from '../../src/slack/commands/index.ts';
import { findCommand } from '../../src/slack/find-command.ts';
import { SLASH_COMMAND } from '../../src/slack/ids.ts';

const text = readFileSync('manifest.yml', 'utf8');
const manifest = z
  .object({
    features: z.object({
      agent_view: z.object({
        agent_description: z.string().max(300),
        suggested_prompts: z.array(z.object({ title: z.string(), message: z.string() })).max(4),
      }),
      app_home: z.object({ home_tab_enabled: z.literal(true), messages_tab_enabled: z.literal(true) }),
      slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })),
    }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({
      socket_mode_enabled: z.literal(true),
      interactivity: z.object({ is_enabled: z.literal(true) }),
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
    }),
  })
  .parse(parse(text));
const scopes = manifest.oauth_config.scopes.bot;
const events = manifest.settings.event_subscriptions.bot_events;

const code = sourcesOf('src/slack').join('\n');

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** What Slack asks for, from the reference of each method. */
const SCOPES_OF: Readonly<Record<string, string[]>> = {
  'assistant.threads.setStatus': ['assistant:write'],
  'auth.test': [],
  'apps.connections.open': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.appendStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.users.list': ['usergroups:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};

const SCOPES_OF_EVENT: Readonly<Record<string, string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  channel_rename: ['channels:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  group_rename: ['groups:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.im': ['im:history'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
};

/** Scopes that no method or event asks for, and the feature that does. */
const SCOPES_OF_FEATURES = { commands: SLASH_COMMAND, 'assistant:write': 'agent_view' };

describe('the manifest', () => {
  it('subscribes to exactly the events the code listens to', () => {
    const listened = [...code.matchAll(/app\.event\('([a-z_]+)'/g)].map((match) => match[1]);
    expect(new Set(events.map((event) => event.split('.')[0]))).toEqual(new Set(listened));
    expect(Object.keys(SCOPES_OF_EVENT).toSorted()).toEqual(events.toSorted());
  });

  it('asks for exactly the scopes that the methods, events and features need', () => {
    const methods = new Set(
      [
        ...code.matchAll(/'((?:assistant|auth|apps|chat|conversations|views|usergroups|users|files)\.[a-zA-Z.]+)'/g),
      ].map((match) => match[1] ?? ''),
    );
    expect([...methods].filter((method) => !(method in SCOPES_OF))).toEqual([]);
    const needed = [
      ...[...methods].flatMap((method) => SCOPES_OF[method] ?? []),
      ...events.flatMap((event) => SCOPES_OF_EVENT[event] ?? []),
      ...Object.keys(SCOPES_OF_FEATURES),
    ];
    expect([...new Set(needed)].toSorted()).toEqual(scopes.toSorted());
  });

  it('gives every scope and event its reason', () => {
    const lines = text
      .split('\n')
      .filter((line) =>
        [...scopes, ...events].some((name) => line.trim().startsWith(`- ${name} `) || line.trim() === `- ${name}`),
      );
    expect(lines).toHaveLength(scopes.length + events.length);
    for (const line of lines) expect(line).toMatch(/ # \S/);
  });

  it('names the slash command the code answers, and prompts that it understands', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([SLASH_COMMAND]);
    for (const { message } of manifest.features.agent_view.suggested_prompts) {
      expect(findCommand(message, commands).command, message).not.toBeNull();
    }
  });
});
