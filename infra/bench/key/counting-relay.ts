import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import { Command, parsePacket, REPORT_SIZE } from '../../local/key/hid/packet';

/** A wire that counts: what the host asks of the key, in CTAPHID transactions. Keepalives and CANCEL are none. */
export interface CountingRelay {
  readonly port: number;
  /** Transactions since this was called last, by the name of their command. */
  take(): Record<string, number>;
  close(): Promise<void>;
}

const NAMES = new Map<number, string>(Object.entries(Command).map(([name, command]) => [command, name]));

/**
 * Listens on a port of the system's choice and passes everything on to the key at `keyPort`, both ways.
 *
 * @param reportMs how long a report takes on the wire. USB at full speed has one a millisecond; 0 is as fast as it goes
 */
export async function startCountingRelay(keyPort: number, reportMs = 0): Promise<CountingRelay> {
  let counts: Record<string, number> = {};
  const sockets = new Set<Socket>();
  const server = createServer((host) => {
    const key = connect({ host: '127.0.0.1', port: keyPort });
    const count = reportCounter((name) => (counts[name] = (counts[name] ?? 0) + 1));
    for (const [from, to] of [
      [host, key],
      [key, host],
    ] as const) {
      const pass = paced((report) => void to.write(report), reportMs);
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => {
        if (from === host) count(chunk);
        pass(chunk);
      });
      from.on('error', () => from.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    take: () => {
      const taken = counts;
      counts = {};
      return taken;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Passes bytes on at once, or report by report with a pause before each. */
function paced(pass: (bytes: Buffer) => void, reportMs: number): (chunk: Buffer) => void {
  if (reportMs === 0) return pass;
  let waiting = Buffer.alloc(0);
  let running = false;
  const next = (): void => {
    running = waiting.length >= REPORT_SIZE;
    if (!running) return;
    setTimeout(() => {
      pass(waiting.subarray(0, REPORT_SIZE));
      waiting = waiting.subarray(REPORT_SIZE);
      next();
    }, reportMs);
  };
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    if (!running) next();
  };
}

/** Takes bytes as they come and calls back at the first packet of each transaction. */
export function reportCounter(onTransaction: (name: string) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= REPORT_SIZE; rest = rest.subarray(REPORT_SIZE)) {
      const packet = parsePacket(rest.subarray(0, REPORT_SIZE));
      if (packet.kind !== 'init' || packet.command === Command.CANCEL) continue;
      onTransaction(NAMES.get(packet.command) ?? `0x${packet.command.toString(16)}`);
    }
  };
}
