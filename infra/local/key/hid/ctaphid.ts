import { randomInt } from 'node:crypto';

import { startAssembly, type Assembly } from './assembly';
import { BROADCAST, Command, HidError, MAX_MESSAGE, parsePacket, REPORT_SIZE, toReports } from './packet';
import type { HidErrorName, Packet } from './packet';

/** Keepalive status (CTAP 2.1 §11.2.9.2.1): 1 the key works, 2 it waits for a touch. */
export type KeepaliveStatus = 1 | 2;

/** What a command may use while it runs. */
export interface Exchange {
  /** Aborted by CANCEL, by a new INIT on the channel, and when the power goes. */
  readonly signal: AbortSignal;
  status(status: KeepaliveStatus): void;
}

/** What stands behind CTAPHID: each takes a whole message and gives the whole answer. Answers never fail. */
export interface HidApplication {
  cbor(message: Buffer, exchange: Exchange): Promise<Buffer>;
  /** Undefined on keys without CTAP1. */
  readonly msg: ((message: Buffer, exchange: Exchange) => Promise<Buffer>) | undefined;
  /** A vendor's own command (0x40 and up): its answer, or undefined if there is no such command. */
  vendor(command: number, message: Buffer): Buffer | undefined;
  wink(): void;
}

/** One program that has the device open, like one opener of a hidraw node. */
export interface HidPort {
  /** Takes one report; anything that is not 64 bytes long is no report and is dropped. */
  receive(report: Uint8Array): void;
  /** The program is gone: its channels are closed, what it waits for is cancelled. */
  detach(): void;
}

export interface CtapHid {
  attach(send: (report: Buffer) => void): HidPort;
  /** Power cut: nothing is answered any more, all channels are gone. */
  reset(): void;
}

const KEEPALIVE_MS = 100;
const MESSAGE_TIMEOUT_MS = 3_000;
const MAX_CHANNELS = 256;
const CAPABILITY = { WINK: 0x01, CBOR: 0x04, NMSG: 0x08 } as const;
const VENDOR_FIRST = 0x40;
const MAX_LOCK_SECONDS = 10;

type Opener = (report: Buffer) => void;
type Run = (message: Buffer, exchange: Exchange) => Promise<Buffer>;

/** What the one transaction of the device is doing: packets arrive, or a command runs. */
type Transaction =
  | { readonly phase: 'receiving'; readonly cid: number; readonly assembly: Assembly; readonly timer: NodeJS.Timeout }
  | { readonly phase: 'running'; readonly cid: number; readonly abort: AbortController };

/** The CTAPHID layer of a key (CTAP 2.1 §11.2): channels, one transaction at a time, keepalives, cancellation. */
export function createCtapHid(application: HidApplication, firmware: readonly [number, number, number]): CtapHid {
  const channels = new Map<number, Opener>();
  const capabilities = CAPABILITY.WINK | CAPABILITY.CBOR | (application.msg === undefined ? CAPABILITY.NMSG : 0);
  let transaction: Transaction | undefined;
  let lock: { readonly cid: number; readonly until: number } | undefined;

  const reply = (send: Opener, cid: number, command: number, message: Uint8Array): void => {
    for (const report of toReports(cid, command, message)) send(report);
  };
  const refuse = (send: Opener, cid: number, error: HidErrorName): void =>
    reply(send, cid, Command.ERROR, Buffer.of(HidError[error]));

  const drop = (): void => {
    const dropped = transaction;
    transaction = undefined;
    if (dropped?.phase === 'receiving') clearTimeout(dropped.timer);
    if (dropped?.phase === 'running') dropped.abort.abort();
  };

  const lockedOut = (cid: number): boolean => lock !== undefined && lock.cid !== cid && Date.now() < lock.until;

  const run = (send: Opener, cid: number, command: number, message: Buffer, work: Run): void => {
    const abort = new AbortController();
    const mine: Transaction = { phase: 'running', cid, abort };
    transaction = mine;
    let status: KeepaliveStatus = 1;
    const beat = (): void => {
      if (transaction === mine) reply(send, cid, Command.KEEPALIVE, Buffer.of(status));
    };
    const timer = setInterval(beat, KEEPALIVE_MS);
    const exchange: Exchange = {
      signal: abort.signal,
      status: (next) => {
        if (next === status) return;
        status = next;
        beat();
      },
    };
    void work(message, exchange).then((answer) => {
      clearInterval(timer);
      // A transaction that was dropped meanwhile (resync, power) has nobody left to answer to.
      if (transaction !== mine) return;
      transaction = undefined;
      reply(send, cid, command, answer);
    });
  };

  const dispatch = (send: Opener, cid: number, command: number, message: Buffer): void => {
    switch (command) {
      case Command.PING:
        return reply(send, cid, command, message);
      case Command.CBOR:
        if (message.length === 0) return refuse(send, cid, 'INVALID_LEN');
        return run(send, cid, command, message, application.cbor);
      case Command.MSG:
        if (application.msg === undefined) return refuse(send, cid, 'INVALID_CMD');
        if (message.length < 4) return refuse(send, cid, 'INVALID_LEN');
        return run(send, cid, command, message, application.msg);
      case Command.WINK:
        if (message.length !== 0) return refuse(send, cid, 'INVALID_LEN');
        application.wink();
        return reply(send, cid, command, Buffer.alloc(0));
      case Command.LOCK: {
        const [seconds] = message;
        if (seconds === undefined || message.length !== 1) return refuse(send, cid, 'INVALID_LEN');
        if (seconds > MAX_LOCK_SECONDS) return refuse(send, cid, 'INVALID_PAR');
        lock = seconds === 0 ? undefined : { cid, until: Date.now() + seconds * 1000 };
        return reply(send, cid, command, Buffer.alloc(0));
      }
      default: {
        const answer = command < VENDOR_FIRST ? undefined : application.vendor(command, message);
        return answer === undefined ? refuse(send, cid, 'INVALID_CMD') : reply(send, cid, command, answer);
      }
    }
  };

  const init = (send: Opener, packet: Extract<Packet, { kind: 'init' }>): void => {
    if (packet.length !== 8) return refuse(send, packet.cid, 'INVALID_LEN');
    let cid = packet.cid;
    if (cid === BROADCAST) {
      if (channels.size >= MAX_CHANNELS) return refuse(send, cid, 'CHANNEL_BUSY');
      do cid = randomInt(1, BROADCAST);
      while (channels.has(cid));
      channels.set(cid, send);
    } else if (transaction?.cid === cid) {
      // Resynchronisation: the channel starts over, whatever it was doing.
      drop();
    }
    const answer = Buffer.alloc(17);
    answer.set(packet.data.subarray(0, 8));
    answer.writeUInt32BE(cid, 8);
    answer.set([2, ...firmware, capabilities], 12);
    reply(send, packet.cid, Command.INIT, answer);
  };

  const begin = (send: Opener, packet: Extract<Packet, { kind: 'init' }>): void => {
    const { cid } = packet;
    if (packet.command === Command.CANCEL) {
      if (transaction?.phase === 'running' && transaction.cid === cid) transaction.abort.abort();
      return;
    }
    if (transaction?.phase === 'receiving' && transaction.cid === cid) {
      drop();
      return refuse(send, cid, 'INVALID_SEQ');
    }
    if (transaction !== undefined || lockedOut(cid)) return refuse(send, cid, 'CHANNEL_BUSY');
    if (packet.length > MAX_MESSAGE) return refuse(send, cid, 'INVALID_LEN');
    const assembly = startAssembly(packet);
    const timer = setTimeout(() => {
      transaction = undefined;
      refuse(send, cid, 'MSG_TIMEOUT');
    }, MESSAGE_TIMEOUT_MS);
    transaction = { phase: 'receiving', cid, assembly, timer };
    finish(send, assembly);
  };

  const finish = (send: Opener, assembly: Assembly): void => {
    const message = assembly.message();
    if (message === undefined) return;
    drop();
    dispatch(send, assembly.cid, assembly.command, message);
  };

  const receive = (send: Opener, report: Uint8Array): void => {
    if (report.length !== REPORT_SIZE) return;
    const packet = parsePacket(report);
    const { cid } = packet;
    if (packet.kind === 'init' && packet.command === Command.INIT && cid === BROADCAST) return init(send, packet);
    if (channels.get(cid) !== send) {
      // Stray continuations are ignored everywhere (§11.2.5.4); a first packet on a channel nobody gave out is not.
      return packet.kind === 'init' ? refuse(send, cid, 'INVALID_CHANNEL') : undefined;
    }
    if (packet.kind === 'init') return packet.command === Command.INIT ? init(send, packet) : begin(send, packet);
    if (transaction?.phase !== 'receiving' || transaction.cid !== cid) return;
    const error = transaction.assembly.add(packet);
    if (error === undefined) return finish(send, transaction.assembly);
    drop();
    refuse(send, cid, error);
  };

  return {
    attach: (send) => {
      // Each opener is told apart by its own function, so that one send given twice is still two openers.
      const opener: Opener = (report) => send(report);
      return {
        receive: (report) => receive(opener, report),
        detach: () => {
          if (transaction !== undefined && channels.get(transaction.cid) === opener) drop();
          // Whoever is gone holds nobody off any longer.
          if (lock !== undefined && channels.get(lock.cid) === opener) lock = undefined;
          for (const [cid, owner] of channels) if (owner === opener) channels.delete(cid);
        },
      };
    },
    reset: () => {
      drop();
      channels.clear();
      lock = undefined;
    },
  };
}
