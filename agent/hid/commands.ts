/** CTAPHID command codes without the high bit (CTAP 2.1 §11.2.9). */
export const CTAPHID = {
  PING: 0x01,
  MSG: 0x03,
  INIT: 0x06,
  WINK: 0x08,
  CBOR: 0x10,
  CANCEL: 0x11,
  KEEPALIVE: 0x3b,
  ERROR: 0x3f,
} as const;

/** The channel for which a key has given no number yet. */
export const BROADCAST_CID = 0xffffffff;

/** CTAPHID_ERROR codes (CTAP 2.1 §11.2.9.1.6). */
export const HID_ERROR = {
  INVALID_CMD: 0x01,
  INVALID_PAR: 0x02,
  INVALID_LEN: 0x03,
  INVALID_SEQ: 0x04,
  MSG_TIMEOUT: 0x05,
  CHANNEL_BUSY: 0x06,
  LOCK_REQUIRED: 0x0a,
  INVALID_CHANNEL: 0x0b,
  OTHER: 0x7f,
} as const;

/** What the key is doing while it lets us wait: working, or waiting for a touch (CTAP 2.1 §11.2.9.2.3). */
export type Keepalive = 'processing' | 'touch';

/** What a key says of itself when a channel is opened (CTAP 2.1 §11.2.9.1.3). */
export interface InitReply {
  cid: number;
  protocolVersion: number;
  /** Major, minor and build number of the device, as it counts them. */
  deviceVersion: readonly [number, number, number];
  canWink: boolean;
  /** Speaks CTAP2. */
  canCbor: boolean;
  /** Speaks CTAP1 (U2F); the specification's bit says "not". */
  canMsg: boolean;
}

/** Reads the answer to INIT; undefined when it is too short or bears another nonce, i.e. is meant for someone else. */
export function parseInitReply(reply: Uint8Array, nonce: Uint8Array): InitReply | undefined {
  if (reply.length < 17 || !nonce.every((byte, i) => reply[i] === byte)) return undefined;
  const view = new DataView(reply.buffer, reply.byteOffset, reply.byteLength);
  const capabilities = view.getUint8(16);
  return {
    cid: view.getUint32(8),
    protocolVersion: view.getUint8(12),
    deviceVersion: [view.getUint8(13), view.getUint8(14), view.getUint8(15)],
    canWink: (capabilities & 0x01) !== 0,
    canCbor: (capabilities & 0x04) !== 0,
    canMsg: (capabilities & 0x08) === 0,
  };
}
