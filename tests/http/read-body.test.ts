import { createServer, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type BodyBounds, readBytes } from '../../src/http/read-body.ts';

/** What comes of a body that is sent in these pieces, one every 20 ms. */
async function readSlowly(bounds: BodyBounds, ...pieces: string[]): Promise<Buffer> {
  let taken = (_: IncomingMessage): void => undefined;
  const arrived = new Promise<IncomingMessage>((resolve) => {
    taken = resolve;
  });
  const server = createServer((request) => taken(request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    server.close();
  });
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\n\r\n');
  const read = readBytes(await arrived, bounds);
  read.catch(() => undefined);
  for (const piece of pieces) {
    socket.write(piece);
    await delay(20);
  }
  return read;
}

it('reads a body that comes in pieces', async () => {
  expect((await readSlowly({ limit: 6, withinMs: 5_000 }, 'abc', 'def')).toString()).toBe('abcdef');
});

it('does not wait longer than it may for the rest', async () => {
  await expect(readSlowly({ limit: 6, withinMs: 50 }, 'a', 'b')).rejects.toMatchObject({ status: 408 });
});

it('takes nothing that there is no room for', async () => {
  let room = 4;
  const hasRoom = (bytes: number): boolean => {
    room -= bytes;
    return room >= 0;
  };
  await expect(readSlowly({ limit: 6, hasRoom }, 'abc', 'def')).rejects.toMatchObject({ status: 429, retryAfter: 1 });
});
