import { connect, type Socket } from 'node:net';

/** Where the owner of an embedded database listens: a Unix-domain socket, or loopback where there are none. */
export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** The first thing a client may ask; every server answers it at once, without a session. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Whether somebody listens there. One that is busy with a long statement takes connections and answers them
 * later, so what counts against it is a refusal, not silence; `timeoutMs` is how long to wait for either.
 */
export function isListening(address: SocketAddress, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let connected = false;
    const socket: Socket = connect(address);
    const settle = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.setTimeout(timeoutMs, () => settle(connected));
    socket.once('connect', () => {
      connected = true;
      socket.write(SSL_REQUEST);
    });
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
