import { once } from 'node:events';
import type { WebSocketServer } from 'ws';

const GRACE_MS = 200;

/** Says goodbye to every client, waits briefly for theirs, then cuts the line. */
export async function closeSockets(server: WebSocketServer): Promise<void> {
  const goodbyes = [...server.clients].map((socket) => {
    const closed = once(socket, 'close');
    socket.close(1001);
    return closed;
  });
  const timer = setTimeout(() => {
    for (const socket of server.clients) socket.terminate();
  }, GRACE_MS);
  await Promise.all(goodbyes);
  clearTimeout(timer);
  server.close();
}
