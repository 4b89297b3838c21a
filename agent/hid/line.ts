import { keyGone } from './faults';
import { type Packet, parsePacket } from './frames';
import { type OpenTransport } from './transport';

/** Who hears the packets of a line for now. */
export interface LineListener {
  onPacket: (packet: Packet) => void;
  onGone: (cause?: unknown) => void;
}

/** An open transport with one listener at a time; packets that nobody waits for are dropped, so memory is bounded. */
export interface Line {
  readonly gone: boolean;
  listen(listener: LineListener | undefined): void;
  write(report: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Opens the transport and keeps its "gone" for whoever comes later. */
export async function openLine(open: OpenTransport): Promise<Line> {
  let listener: LineListener | undefined;
  let gone = false;
  const transport = await open({
    onReport(report) {
      const packet = parsePacket(report);
      if (packet) listener?.onPacket(packet);
    },
    onGone(cause) {
      gone = true;
      listener?.onGone(cause);
    },
  });
  return {
    get gone() {
      return gone;
    },
    listen(next) {
      listener = next;
    },
    async write(report) {
      if (gone) throw keyGone();
      await transport.write(report);
    },
    close() {
      gone = true;
      return transport.close();
    },
  };
}
