import { startAssembly, type Assembly } from '../../../local/key/hid/assembly';
import { parsePacket, REPORT_SIZE } from '../../../local/key/hid/packet';
import { type Passing } from '../bend/bend-wire';

/** Puts messages together from the reports of one direction, channel by channel. */
export function createMessages(onMessage: (passing: Passing) => void): (report: Uint8Array) => void {
  const open = new Map<number, Assembly>();
  return (report) => {
    if (report.length !== REPORT_SIZE) return;
    const packet = parsePacket(report);
    const assembly = packet.kind === 'init' ? startAssembly(packet) : open.get(packet.cid);
    if (!assembly) return;
    if (packet.kind === 'cont' && assembly.add(packet) !== undefined) return;
    open.set(packet.cid, assembly);
    const message = assembly.message();
    if (!message) return;
    open.delete(packet.cid);
    onMessage({ cid: packet.cid, command: assembly.command, message });
  };
}
