import { type Socket } from 'node:net';
import { Fault } from '../protocol/fault';
import { keyGone } from './faults';
import { type OpenTransport, REPORT_BYTES } from './transport';

const CONNECT_MS = 3000;
const CLOSE_MS = 250;

/** A key behind a socket that carries raw 64-byte reports both ways; the end of the connection is an unplug. */
export function tcpTransport(host: string, port: number): OpenTransport {
  return async (events) => {
    const socket = await connected(host, port);
    let closing = false;
    let rest: Uint8Array = new Uint8Array();
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (; rest.length - at >= REPORT_BYTES; at += REPORT_BYTES) {
        // A copy: who assembles a message may keep the report longer than this buffer lives.
        events.onReport(Uint8Array.from(rest.subarray(at, at + REPORT_BYTES)));
      }
      rest = rest.subarray(at);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!closing) events.onGone();
    });
    return {
      write: (report) => {
        if (socket.destroyed) return Promise.reject(keyGone());
        // The reports of one message leave together: one system call instead of five for a PIN. A write that fails
        // closes the socket, which tells onGone.
        if (socket.writableCorked === 0) {
          socket.cork();
          process.nextTick(() => socket.uncork());
        }
        socket.write(report);
        return Promise.resolve();
      },
      close: () => {
        closing = true;
        // The last report (a CANCEL, say) still leaves before the connection ends.
        return new Promise((resolve) => {
          if (socket.destroyed) return resolve();
          socket.once('close', () => resolve());
          socket.end(() => socket.destroy());
          setTimeout(() => socket.destroy(), CLOSE_MS).unref();
        });
      },
    };
  };
}

async function connected(host: string, port: number): Promise<Socket> {
  // Loaded late: most keys are not behind a socket, and a command line tool is mostly its start.
  const { connect } = await import('node:net');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const refuse = (cause?: unknown) => {
      socket.destroy();
      reject(
        new Fault({
          code: 'key-gone',
          say: `There is no security key at tcp:${host}:${port}.`,
          todo: 'Start the virtual key, or give the right address with --device.',
          retry: true,
          cause,
        }),
      );
    };
    socket.setTimeout(CONNECT_MS, refuse);
    socket.once('error', refuse);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', refuse);
      resolve(socket);
    });
  });
}
