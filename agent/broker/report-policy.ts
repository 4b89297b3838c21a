import { BROADCAST_CID, CTAPHID } from '../hid/commands';
import { MAX_MESSAGE_BYTES, parsePacket } from '../hid/frames';

/** What of a key's line one agent may use. */
export interface ReportPolicy {
  /** Why the agent may not send this report; undefined when it may. */
  refuses(report: Uint8Array): string | undefined;
  /** Whether a report of the key is for this agent. */
  isForAgent(report: Uint8Array): boolean;
}

/** What FIDO is made of. Vendors' own commands (new firmware, say) and locking others out are no part of it. */
const ALLOWED: ReadonlySet<number> = new Set([
  CTAPHID.PING,
  CTAPHID.MSG,
  CTAPHID.INIT,
  CTAPHID.WINK,
  CTAPHID.CBOR,
  CTAPHID.CANCEL,
]);

const NONCE_BYTES = 8;
/** INIT answers: nonce, channel, and five bytes about the key (CTAP 2.1 §11.2.9.1.3). */
const INIT_REPLY_BYTES = 17;
/** Channels, and INITs under way, of one connection; an agent needs one. */
const MOST = 8;

/**
 * Lets an agent use the channels that the key gave to it, and no other program's: it neither speaks on those nor hears
 * what is said there.
 */
export function reportPolicy(): ReportPolicy {
  const nonces: string[] = [];
  const channels: number[] = [];
  const keep = <T>(list: T[], item: T) => {
    if (list.includes(item)) return;
    list.push(item);
    if (list.length > MOST) list.shift();
  };
  const nonceOf = (data: Uint8Array) => Buffer.from(data.subarray(0, NONCE_BYTES)).toString('hex');

  return {
    refuses(report) {
      const packet = parsePacket(report);
      if (!packet) return 'no CTAPHID report';
      const broadcast = packet.cid === BROADCAST_CID;
      if (packet.kind === 'init') {
        if (!ALLOWED.has(packet.command)) return `CTAPHID command ${packet.command}`;
        if (packet.length > MAX_MESSAGE_BYTES) return `a message of ${packet.length} bytes`;
        if (packet.command === CTAPHID.INIT && packet.length !== NONCE_BYTES) return 'INIT without a nonce';
        if (broadcast && packet.command === CTAPHID.INIT) {
          keep(nonces, nonceOf(packet.data));
          return undefined;
        }
      }
      if (broadcast) return 'something but INIT on the broadcast channel';
      return channels.includes(packet.cid) ? undefined : 'a channel of another program';
    },
    isForAgent(report) {
      const packet = parsePacket(report);
      if (!packet) return false;
      if (packet.cid !== BROADCAST_CID) return channels.includes(packet.cid);
      if (packet.kind !== 'init') return false;
      // "Busy" to an INIT names nobody: it is for whoever asked.
      if (packet.command === CTAPHID.ERROR) return nonces.length > 0;
      if (packet.command !== CTAPHID.INIT || packet.length < INIT_REPLY_BYTES) return false;
      if (!nonces.includes(nonceOf(packet.data))) return false;
      keep(channels, new DataView(packet.data.buffer, packet.data.byteOffset + NONCE_BYTES, 4).getUint32(0));
      return true;
    },
  };
}
