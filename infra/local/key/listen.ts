import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { VirtualDevice } from './device';
import { REPORT_SIZE } from './hid/packet';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A TCP port that carries raw 64-byte reports in both directions; each connection is one program with the key open. */
export interface ReportServer {
  readonly port: number;
  /** Pulls the key out: all connections end, new ones are refused. */
  unplug(): void;
  /** Puts it back in, on the same port. */
  plug(): Promise<void>;
  close(): Promise<void>;
}

export async function listenForReports(
  device: VirtualDevice,
  address: Address,
  onHost: (connected: boolean) => void,
): Promise<ReportServer> {
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    onHost(true);
    const port = device.attach((report) => {
      // The reports of one message go out together.
      if (socket.writableCorked === 0) {
        socket.cork();
        process.nextTick(() => socket.uncork());
      }
      socket.write(report);
    });
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= REPORT_SIZE) {
        const report = pending.subarray(0, REPORT_SIZE);
        pending = pending.subarray(REPORT_SIZE);
        port.receive(report);
      }
    });
    // A connection that breaks is a plug that is pulled: 'close' follows and cleans up.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      port.detach();
      onHost(false);
    });
  };

  let server = await listen(accept, address);
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;

  const unplug = (): void => {
    for (const socket of sockets) socket.destroy();
    closing ??= new Promise((resolve) => server.close(() => resolve()));
  };
  return {
    port,
    unplug,
    plug: async () => {
      if (closing === undefined) return;
      await closing;
      server = await listen(accept, { host: address.host, port });
      closing = undefined;
    },
    close: async () => {
      unplug();
      await closing;
    },
  };
}

function listen(accept: (socket: Socket) => void, { host, port }: Address): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(accept);
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
