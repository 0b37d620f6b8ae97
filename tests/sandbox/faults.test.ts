import type { ErrorCode, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ControlOrder } from '../../src/sandbox/control-route.ts';
import type { TransportName } from './bolt-app.ts';
import { refusal } from './clients.ts';
import { type Place, startPlace } from './web-api/place.ts';

describe.each<TransportName>(['socket', 'http'])(
  'a fault asked for over HTTP shows in a Bolt app over %s',
  (transport) => {
    let place: Place;
    let client: WebClient;
    beforeAll(async () => {
      place = await startPlace(transport);
      client = place.running.app.client;
    });
    afterAll(() => place.running.stop());

    const ask = (order: ControlOrder | object, headers: Record<string, string> = {}) =>
      fetch(new URL('/sandbox/control', place.running.sandbox.url), {
        method: 'POST',
        headers,
        body: JSON.stringify(order),
      });
    const order = async (wanted: ControlOrder) => {
      const answer = await ask(wanted);
      expect(answer.status).toBe(200);
      return answer.json();
    };
    beforeEach(() => order({ do: 'clear' }));

    const send = (text = 'hi') => client.chat.postMessage({ channel: place.channel('product-health'), text });
    const has = (text: string) => place.running.sandbox.messages('#product-health').some((one) => one.text === text);
    const { stringify } = JSON;
    const heardOf = (text: string) => place.running.heard.filter((one) => stringify(one.body).includes(text));

    it('429 for as many calls as asked, and then no more', async () => {
      await order({ do: 'rate_limit', method: 'chat.postMessage', calls: 2, retryAfterSeconds: 7 });
      for (let call = 0; call < 2; call += 1) {
        await expect(send('limited')).rejects.toMatchObject({
          code: 'slack_webapi_rate_limited_error' satisfies `${ErrorCode}`,
          retryAfter: 7,
        });
      }
      expect(has('limited')).toBe(false);
      expect(await client.auth.test()).toMatchObject({ ok: true });
      expect(await send('limited')).toMatchObject({ ok: true });
    });

    it.each([
      ['500 after having accepted', 'fail_after_accepting'],
      ['a dropped response', 'drop_response'],
    ] as const)('%s: the caller sees an error, the message is there once', async (_name, kind) => {
      await order({ do: kind, method: 'chat.postMessage' });
      await expect(send(`accepted, ${kind}`)).rejects.toThrow();
      const found = place.running.sandbox.messages('#product-health').filter((one) => one.text === `accepted, ${kind}`);
      expect(found).toHaveLength(1);
    });

    it('500 without having accepted: nothing is there, and the next call works', async () => {
      await order({ do: 'fail', method: 'chat.postMessage' });
      await expect(send('refused')).rejects.toThrow();
      expect(has('refused')).toBe(false);
      expect(await send('refused')).toMatchObject({ ok: true });
    });

    it('a slow response', async () => {
      await order({ do: 'slow_response', method: 'auth.test', ms: 60 });
      const before = performance.now();
      await client.auth.test();
      expect(performance.now() - before).toBeGreaterThan(55);
    });

    it('any refusal, of any method', async () => {
      await order({ do: 'refuse', error: 'fatal_error' });
      expect((await refusal(client.auth.test())).error).toBe('fatal_error');
      expect(await client.auth.test()).toMatchObject({ ok: true });
    });

    it('a revoked token, until it is restored', async () => {
      await order({ do: 'revoke_token' });
      expect((await refusal(send())).error).toBe('token_revoked');
      expect((await refusal(client.auth.test())).error).toBe('token_revoked');
      await order({ do: 'restore_token' });
      expect(await send()).toMatchObject({ ok: true });
    });

    it('a channel that is shared with another company, and no more', async () => {
      const isShared = async () => {
        const { channel } = await client.conversations.info({ channel: place.channel('support') });
        return channel?.is_ext_shared;
      };
      await order({ do: 'change_channel', channel: 'support', isShared: true });
      expect(await isShared()).toBe(true);
      await order({ do: 'change_channel', channel: 'support', isShared: false });
      expect(await isShared()).toBe(false);
    });

    it('a duplicate delivery, marked as the retry of the same event', async () => {
      await order({ do: 'duplicate_deliveries', count: 1 });
      place.running.sandbox.as('maya').say('#support', 'said once');
      await place.running.sandbox.until(() => heardOf('said once').length === 2);
      expect(new Set(heardOf('said once').map((one) => one.body.event_id)).size).toBe(1);
      expect(
        heardOf('said once')
          .map((one) => one.retry ?? 0)
          .sort(),
      ).toEqual([0, 1]);
    });

    it('deliveries out of order', async () => {
      await order({ do: 'hold_events' });
      for (const text of ['held one', 'held two']) place.running.sandbox.as('maya').say('#support', text);
      await client.auth.test();
      expect(heardOf('held')).toEqual([]);
      await order({ do: 'release_events', order: 'reversed' });
      await place.running.sandbox.until(() => heardOf('held').length === 2);
      expect(heardOf('held').map((one) => stringify(one.body).includes('held two'))).toEqual([true, false]);
    });

    it('a disconnected socket, after which the app hears what was said meanwhile', async () => {
      await order({ do: 'disconnect_socket', warn: true });
      place.running.sandbox.as('maya').say('#support', 'while it was away');
      await place.running.sandbox.until(() => heardOf('while it was away').length > 0, { timeoutMs: 9_000 });
    });

    it("and the question whether the app's URL answers Slack's challenge", async () => {
      expect(await order({ do: 'verify_url' })).toEqual({ ok: true });
    });

    it('but nothing for another site, another verb or an unknown order', async () => {
      const elsewhere = await ask({ do: 'revoke_token' }, { origin: 'https://evil.example' });
      const nonsense = await ask({ do: 'dance' });
      const read = await fetch(new URL('/sandbox/control', place.running.sandbox.url));
      expect([elsewhere.status, nonsense.status, read.status]).toEqual([403, 400, 405]);
      expect(await client.auth.test()).toMatchObject({ ok: true });
    });
  },
);
