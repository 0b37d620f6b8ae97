import { connect, type Socket } from 'node:net';

/** Where the owner of an embedded database listens: a Unix-domain socket, or loopback where there are none. */
export type SocketAddress = { readonly path: string } | { readonly host: string; readonly port: number };

const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** True when a database answers there within `timeoutMs`: it is asked for TLS, which costs it no query. */
export function answers(address: SocketAddress, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect(address);
    const settle = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(timeoutMs, () => settle(false));
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
