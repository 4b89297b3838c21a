import { CTAPHID } from './commands';
import { assemble, type Assembly, parsePacket, toReports } from './frames';
import { keyGone } from './faults';
import { type OpenTransport, type TransportEvents } from './transport';

/** A key made of a script, in this process: for tests, and for frames that no real key would send. */
export interface ScriptedTransport {
  readonly open: OpenTransport;
  /** Every report that the agent wrote, in order. */
  readonly written: readonly Uint8Array[];
  /** Sends one report as the key. */
  send(report: Uint8Array): void;
  unplug(): void;
}

/** @param onReport what the key does with a report that the agent wrote */
export function scriptedTransport(
  onReport: (report: Uint8Array, key: ScriptedTransport) => void = () => undefined,
): ScriptedTransport {
  const written: Uint8Array[] = [];
  let events: TransportEvents | undefined;
  let gone = false;
  const key: ScriptedTransport = {
    written,
    send: (report) => events?.onReport(report),
    unplug() {
      gone = true;
      events?.onGone();
    },
    open: async (listener) => {
      events = listener;
      return {
        async write(report) {
          if (gone) throw keyGone();
          written.push(report);
          // Answers come later, as they do from a device.
          setImmediate(() => onReport(report, key));
        },
        async close() {
          events = undefined;
        },
      };
    },
  };
  return key;
}

/** What a scripted key answers to one whole message: reports, or the payload of a proper answer. */
export type Answer = (call: {
  cid: number;
  command: number;
  message: Uint8Array;
}) => readonly Uint8Array[] | Uint8Array;

/** The channel number that a {@link scriptedKey} gives. */
export const SCRIPTED_CID = 0x01020304;

/** A scripted key that opens channels properly and leaves the rest to `answer`. CANCEL gets no answer by itself. */
export function scriptedKey(answer: Answer, capabilities = 0x05): ScriptedTransport {
  let assembly: { command: number; parts: Assembly } | undefined;
  return scriptedTransport((report, key) => {
    const packet = parsePacket(report);
    if (!packet) return;
    let whole: { command: number; message: Uint8Array | undefined } | undefined;
    if (packet.kind === 'init') {
      const parts = assemble(packet);
      assembly = { command: packet.command, parts };
      whole = { command: packet.command, message: parts.whole };
    } else if (assembly) whole = { command: assembly.command, message: assembly.parts.add(packet) };
    if (!whole?.message) return;
    const { cid } = packet;
    const { command, message } = whole;
    if (command === CTAPHID.INIT) {
      for (const part of toReports(cid, command, initReply(message, capabilities))) key.send(part);
      return;
    }
    const reply = answer({ cid, command, message });
    const reports = reply instanceof Uint8Array ? toReports(cid, command, reply) : reply;
    for (const part of reports) key.send(part);
  });
}

/** The payload of an answer to INIT. */
export function initReply(nonce: Uint8Array, capabilities = 0x05): Uint8Array {
  const reply = Buffer.alloc(17);
  reply.set(nonce.subarray(0, 8));
  reply.writeUInt32BE(SCRIPTED_CID, 8);
  reply.set([2, 1, 0, 0, capabilities], 12);
  return Uint8Array.from(reply);
}
