import { REPORT_BYTES } from './transport';

/** Data bytes in an initialisation packet: 64 − cid 4 − command 1 − length 2. */
export const INIT_BYTES = REPORT_BYTES - 7;
/** Data bytes in a continuation packet: 64 − cid 4 − sequence 1. */
export const CONT_BYTES = REPORT_BYTES - 5;
/** The longest message: one initialisation and 128 continuation packets (CTAP 2.1 §11.2.4). */
export const MAX_MESSAGE_BYTES = INIT_BYTES + 128 * CONT_BYTES;

/** One packet, taken apart. `data` still carries the padding of the report. */
export type Packet =
  | { kind: 'init'; cid: number; command: number; length: number; data: Uint8Array }
  | { kind: 'continuation'; cid: number; sequence: number; data: Uint8Array };

/** Takes a report apart; undefined when it is not a CTAPHID packet at all. */
export function parsePacket(report: Uint8Array): Packet | undefined {
  if (report.length !== REPORT_BYTES) return undefined;
  const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
  const cid = view.getUint32(0);
  const type = view.getUint8(4);
  // The high bit of byte 4 tells a command from a sequence number.
  if ((type & 0x80) === 0) return { kind: 'continuation', cid, sequence: type, data: report.subarray(5) };
  return { kind: 'init', cid, command: type & 0x7f, length: view.getUint16(5), data: report.subarray(7) };
}

/**
 * Cuts a message into reports, zero padded (CTAP 2.1 §11.2.4).
 *
 * @throws RangeError when the message is longer than {@link MAX_MESSAGE_BYTES}: the caller checks first.
 */
export function toReports(cid: number, command: number, message: Uint8Array): Uint8Array[] {
  if (message.length > MAX_MESSAGE_BYTES)
    throw new RangeError(`a CTAPHID message has at most ${MAX_MESSAGE_BYTES} bytes`);
  const first = new Uint8Array(REPORT_BYTES);
  const head = new DataView(first.buffer);
  head.setUint32(0, cid);
  head.setUint8(4, 0x80 | command);
  head.setUint16(5, message.length);
  first.set(message.subarray(0, INIT_BYTES), 7);
  const reports = [first];
  for (let at = INIT_BYTES; at < message.length; at += CONT_BYTES) {
    const next = new Uint8Array(REPORT_BYTES);
    new DataView(next.buffer).setUint32(0, cid);
    next[4] = reports.length - 1;
    next.set(message.subarray(at, at + CONT_BYTES), 5);
    reports.push(next);
  }
  return reports;
}

/** Puts one message together from its packets; throws a plain Error that names the broken rule. */
export interface Assembly {
  /** Takes the next packet; gives the message when it is whole. */
  add(packet: Packet): Uint8Array | undefined;
}

/** Starts to put together the message that begins with `first`. Memory is bounded by the 16-bit length checked here. */
export function assemble(first: Extract<Packet, { kind: 'init' }>): Assembly & { whole: Uint8Array | undefined } {
  if (first.length > MAX_MESSAGE_BYTES) throw new Error('message longer than 7609 bytes');
  const message = new Uint8Array(first.length);
  let filled = Math.min(first.length, INIT_BYTES);
  message.set(first.data.subarray(0, filled));
  let expected = 0;
  return {
    whole: filled === first.length ? message : undefined,
    add(packet) {
      if (packet.kind !== 'continuation') throw new Error('a new message began before the last one was whole');
      if (packet.sequence !== expected) throw new Error('continuation packets out of sequence');
      const part = packet.data.subarray(0, message.length - filled);
      message.set(part, filled);
      filled += part.length;
      expected += 1;
      return filled === message.length ? message : undefined;
    },
  };
}
