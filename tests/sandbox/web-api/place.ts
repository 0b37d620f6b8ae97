/** A workspace with a Bolt app in it, and the things a Web API call needs: channels, messages, triggers, files. */
import type { WebClient } from '@slack/web-api';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { type Running, startBolt, type TransportName } from '../bolt-app.ts';
import { EVERY_SCOPE } from '../every-scope.ts';

export interface Place {
  running: Running;
  /** A channel's id, `@maya` for her direct message. */
  channel(name: string): string;
  person(name: string): string;
  /** Posts as the app and says when. */
  post(over?: object): Promise<string>;
  /** A fresh trigger: Maya ran a command. */
  trigger(): Promise<string>;
  /** An upload that is there and not yet completed. */
  upload(): Promise<string>;
}

export async function startPlace(transport: TransportName, options: SandboxOptions = {}): Promise<Place> {
  const triggers: string[] = [];
  const running = await startBolt(
    transport,
    (app) => {
      app.command('/seepass', async ({ ack, command }) => {
        triggers.push(command.trigger_id);
        await ack();
      });
    },
    { scopes: EVERY_SCOPE, ...options },
  );
  const { sandbox } = running;
  const client: WebClient = running.app.client;
  const channel = (name: string) => sandbox.ids.channels[name] ?? '';
  return {
    running,
    channel,
    person: (name) => sandbox.ids.people[name] ?? '',
    async post(over = {}) {
      const posted = await client.chat.postMessage({ channel: channel('product-health'), text: 'hello', ...over });
      return String(posted.ts);
    },
    async trigger() {
      await sandbox.as('maya').slash('#support', '/seepass');
      return triggers.at(-1) ?? '';
    },
    async upload() {
      const asked = await client.files.getUploadURLExternal({ filename: 'chart.png', length: 9 });
      await fetch(String(asked.upload_url), { method: 'POST', body: 'png bytes' });
      return String(asked.file_id);
    },
  };
}
