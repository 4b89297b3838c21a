import { REPORT_BYTES } from '../hid/transport';

/** What broker and agent say to each other, one byte each. */
export const FRAME = {
  /** agent: version, 32 random bytes */
  hello: 1,
  /** broker: 32 random bytes, proof */
  challenge: 2,
  /** agent: proof */
  proof: 3,
  /** broker: nothing; the agent is let in */
  welcome: 4,
  /** agent: nothing */
  list: 5,
  /** broker: JSON */
  devices: 6,
  /** agent: a path of the list */
  open: 7,
  /** broker: nothing; from now on reports go both ways until the connection ends */
  opened: 8,
  /** both: one CTAPHID report */
  report: 9,
  /** broker: JSON; why not */
  fault: 10,
} as const;

export type FrameType = (typeof FRAME)[keyof typeof FRAME];

/** The first byte of a hello. */
export const PROTOCOL_VERSION = 1;
export const NONCE_BYTES = 32;
export const PROOF_BYTES = 32;

/** Shortest and longest payload of each, in bytes. */
const LENGTHS: Readonly<Record<FrameType, readonly [number, number]>> = {
  [FRAME.hello]: [1 + NONCE_BYTES, 1 + NONCE_BYTES],
  [FRAME.challenge]: [NONCE_BYTES + PROOF_BYTES, NONCE_BYTES + PROOF_BYTES],
  [FRAME.proof]: [PROOF_BYTES, PROOF_BYTES],
  [FRAME.welcome]: [0, 0],
  [FRAME.list]: [0, 0],
  [FRAME.devices]: [2, 32_768],
  [FRAME.open]: [1, 1024],
  [FRAME.opened]: [0, 0],
  [FRAME.report]: [REPORT_BYTES, REPORT_BYTES],
  [FRAME.fault]: [2, 4096],
};

const HEAD_BYTES = 3;

export interface Frame {
  type: FrameType;
  payload: Uint8Array;
}

/** The other side does not keep to the protocol; the connection ends with it. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** One frame: type, 16-bit length (big-endian), payload. */
export function encodeFrame(type: FrameType, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const [shortest, longest] = LENGTHS[type];
  if (payload.length < shortest || payload.length > longest) {
    throw new FrameError(`frame ${type} cannot carry ${payload.length} bytes`);
  }
  const frame = new Uint8Array(HEAD_BYTES + payload.length);
  frame[0] = type;
  new DataView(frame.buffer).setUint16(1, payload.length);
  frame.set(payload, HEAD_BYTES);
  return frame;
}

/**
 * Puts frames together from what comes in. It keeps at most one unfinished frame, so memory is bounded by the table above.
 *
 * @param accepts what this side may be told at all
 * @returns takes the next bytes and gives the frames that are whole; throws {@link FrameError} for anything else
 */
export function frameReader(accepts: readonly FrameType[]): (chunk: Uint8Array) => Frame[] {
  let rest: Uint8Array = new Uint8Array();
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    let at = 0;
    for (; at < rest.length;) {
      const type = accepts.find((each) => each === rest[at]);
      // The first byte alone tells garbage, before a length is believed.
      if (type === undefined) throw new FrameError(`unexpected frame ${rest[at] ?? ''}`);
      if (rest.length - at < HEAD_BYTES) break;
      const length = new DataView(rest.buffer, rest.byteOffset + at + 1, 2).getUint16(0);
      const [shortest, longest] = LENGTHS[type];
      if (length < shortest || length > longest) throw new FrameError(`frame ${type} of ${length} bytes`);
      const end = at + HEAD_BYTES + length;
      if (end > rest.length) break;
      frames.push({ type, payload: rest.slice(at + HEAD_BYTES, end) });
      at = end;
    }
    rest = rest.subarray(at);
    return frames;
  };
}
