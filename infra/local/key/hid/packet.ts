/** CTAPHID over 64-byte reports (CTAP 2.1 §11.2.4): 57 bytes ride in the first packet, 59 in each that follows. */
export const REPORT_SIZE = 64;
const INIT_DATA = 57;
const CONT_DATA = 59;

/** 57 + 128 × 59: sequence numbers run from 0 to 127. */
export const MAX_MESSAGE = INIT_DATA + 128 * CONT_DATA;

export const BROADCAST = 0xffffffff;

/** CTAPHID commands (§11.2.9), without the bit that marks a first packet. */
export const Command = {
  PING: 0x01,
  MSG: 0x03,
  LOCK: 0x04,
  INIT: 0x06,
  WINK: 0x08,
  CBOR: 0x10,
  CANCEL: 0x11,
  KEEPALIVE: 0x3b,
  ERROR: 0x3f,
} as const;

/** CTAPHID error codes (§11.2.9.1.6). */
export const HidError = {
  INVALID_CMD: 0x01,
  INVALID_PAR: 0x02,
  INVALID_LEN: 0x03,
  INVALID_SEQ: 0x04,
  MSG_TIMEOUT: 0x05,
  CHANNEL_BUSY: 0x06,
  INVALID_CHANNEL: 0x0b,
  OTHER: 0x7f,
} as const;

export type HidErrorName = keyof typeof HidError;

/** A first packet names a command and the length of the message, a continuation only its place. */
export type Packet =
  | { readonly kind: 'init'; readonly cid: number; readonly command: number; readonly length: number; data: Buffer }
  | { readonly kind: 'cont'; readonly cid: number; readonly sequence: number; data: Buffer };

/** Reads one report of exactly 64 bytes. */
export function parsePacket(report: Uint8Array): Packet {
  const bytes = Buffer.from(report);
  const cid = bytes.readUInt32BE(0);
  const type = bytes.readUInt8(4);
  if ((type & 0x80) === 0) return { kind: 'cont', cid, sequence: type, data: bytes.subarray(5) };
  return { kind: 'init', cid, command: type & 0x7f, length: bytes.readUInt16BE(5), data: bytes.subarray(7) };
}

/** Splits a message into its reports. */
export function toReports(cid: number, command: number, message: Uint8Array): Buffer[] {
  const first = Buffer.alloc(REPORT_SIZE);
  first.writeUInt32BE(cid, 0);
  first.writeUInt8(command | 0x80, 4);
  first.writeUInt16BE(message.length, 5);
  first.set(message.subarray(0, INIT_DATA), 7);
  const reports = [first];
  for (let at = INIT_DATA, sequence = 0; at < message.length; at += CONT_DATA, sequence++) {
    const next = Buffer.alloc(REPORT_SIZE);
    next.writeUInt32BE(cid, 0);
    next.writeUInt8(sequence, 4);
    next.set(message.subarray(at, at + CONT_DATA), 5);
    reports.push(next);
  }
  return reports;
}
