import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { isRecord, parseJson, recordOf } from '../../src/sandbox/json.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { clientOf } from './clients.ts';

type Frame = Record<string, unknown>;

/** A connection with nothing of Bolt in it: what comes over the wire, and what is answered. */
interface Connection {
  frames: Frame[];
  socket: WebSocket;
  ack(frame: Frame, payload?: object): void;
}

let sandbox: Sandbox;
const opened: WebSocket[] = [];
beforeEach(async () => {
  sandbox = await startSandbox({ ackTimeoutMs: 60 });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await sandbox.stop();
});

const askUrl = async () => String((await clientOf(sandbox, sandbox.appToken).apps.connections.open({})).url);

async function connect(): Promise<Connection> {
  const socket = new WebSocket(await askUrl());
  opened.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (data) => {
    const frame = parseJson(data.toString());
    if (isRecord(frame)) frames.push(frame);
  });
  await once(socket, 'open');
  await sandbox.until(() => frames[0]);
  return {
    frames,
    socket,
    ack: ({ envelope_id }, payload) => socket.send(JSON.stringify({ envelope_id, ...(payload ? { payload } : {}) })),
  };
}

const ofType = ({ frames }: Connection, type: string) => frames.filter((frame) => frame.type === type);

describe('a connection', () => {
  it('starts with hello and says how many there are', async () => {
    const [first] = [await connect()];
    const second = await connect();
    expect(first.frames[0]).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0SEEPASS0' },
    });
    expect(second.frames[0]).toMatchObject({ type: 'hello', num_connections: 2 });
    expect(Object.keys(recordOf(first.frames[0]?.debug_info))).toContain('approximate_connection_time');
  });

  it('opens once on each URL, and not without one', async () => {
    const url = await askUrl();
    const first = new WebSocket(url);
    opened.push(first);
    await once(first, 'open');
    for (const tried of [url, url.replace(/ticket=[^&]+/, 'ticket=guess')]) {
      const [error] = await once(new WebSocket(tried), 'error');
      expect(String(error)).toContain('401');
    }
  });

  it('is one of ten; the eleventh is told there are too many', async () => {
    for (let one = 0; one < 10; one += 1) await connect();
    const eleventh = await connect();
    expect(eleventh.frames).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
    await once(eleventh.socket, 'close');
  });

  it('is warned, then asked to refresh, then closed', async () => {
    const connection = await connect();
    sandbox.control.disconnectSocket();
    await once(connection.socket, 'close');
    expect(ofType(connection, 'disconnect').map((frame) => frame.reason)).toEqual(['warning', 'refresh_requested']);
  });
});

describe('envelopes', () => {
  it('carry what Slack puts around an event, and are done once acknowledged', async () => {
    const connection = await connect();
    sandbox.as('maya').say('#support', 'hello');
    const envelope = await sandbox.until(() => ofType(connection, 'events_api')[0]);
    expect(envelope).toMatchObject({
      envelope_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      accepts_response_payload: false,
      retry_attempt: 0,
      retry_reason: '',
      payload: { type: 'event_callback', event: { type: 'message', text: 'hello' } },
    });
    connection.ack(envelope);
    sandbox.as('maya').say('#support', 'again');
    await sandbox.until(() => ofType(connection, 'events_api').length === 2);
    expect(ofType(connection, 'events_api').map((one) => one.retry_attempt)).toEqual([0, 0]);
  });

  it('come again with retry_attempt when nobody acknowledges in time', async () => {
    const connection = await connect();
    sandbox.as('maya').say('#support', 'anybody there?');
    const [first, second] = await sandbox.until(() => {
      const envelopes = ofType(connection, 'events_api');
      return envelopes.length === 2 ? envelopes : undefined;
    });
    expect(second).toMatchObject({ retry_attempt: 1, retry_reason: 'http_timeout' });
    expect(recordOf(second?.payload).event_id).toBe(recordOf(first?.payload).event_id);
    expect(second?.envelope_id).not.toBe(first?.envelope_id);
  });

  it('come again at once when their connection breaks', async () => {
    // Long enough that nothing else makes them come again, however slowly the second connection opens.
    await sandbox.stop();
    sandbox = await startSandbox({ ackTimeoutMs: 60_000 });
    const connection = await connect();
    sandbox.as('maya').say('#support', 'hold on');
    await sandbox.until(() => ofType(connection, 'events_api')[0]);
    const other = await connect();
    connection.socket.terminate();
    const again = await sandbox.until(() => ofType(other, 'events_api')[0]);
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'connection_failed' });
  });

  it('take turns between connections, each going to one of them', async () => {
    const [one, two] = [await connect(), await connect()];
    for (const text of ['a', 'b', 'c', 'd']) sandbox.as('maya').say('#support', text);
    await sandbox.until(() => ofType(one, 'events_api').length + ofType(two, 'events_api').length === 4);
    expect([ofType(one, 'events_api').length, ofType(two, 'events_api').length]).toEqual([2, 2]);
    for (const connection of [one, two]) for (const frame of ofType(connection, 'events_api')) connection.ack(frame);
  });

  it('of commands take an answer along, which only the asker sees', async () => {
    const connection = await connect();
    const outcome = sandbox.as('maya').slash('#support', '/seepass top');
    const envelope = await sandbox.until(() => ofType(connection, 'slash_commands')[0]);
    expect(envelope).toMatchObject({ accepts_response_payload: true, payload: { command: '/seepass', text: 'top' } });
    expect(envelope).not.toHaveProperty('retry_attempt');
    connection.ack(envelope, { text: 'here' });
    expect(await outcome).toEqual({});
    expect(sandbox.messages('#support', { as: 'maya' }).at(-1)).toMatchObject({
      text: 'here',
      visible_to: sandbox.ids.people.maya,
    });
  });

  it('acknowledged too late change nothing any more', async () => {
    const connection = await connect();
    const outcome = await sandbox.as('maya').slash('#support', '/seepass top');
    expect(outcome.failure).toBe('/seepass failed with the error "operation_timeout"');
    const [envelope] = ofType(connection, 'slash_commands');
    connection.ack(envelope ?? {}, { text: 'late' });
    await clientOf(sandbox).auth.test();
    expect(sandbox.messages('#support', { as: 'maya' }).map((one) => one.text)).toEqual([outcome.failure]);
  });
});
