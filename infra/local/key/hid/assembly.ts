import type { HidErrorName, Packet } from './packet';

/** A message whose packets are still arriving. */
export interface Assembly {
  readonly cid: number;
  readonly command: number;
  /** Takes the next continuation: the name of the error that ends the message, or undefined. */
  add(packet: Extract<Packet, { kind: 'cont' }>): HidErrorName | undefined;
  /** The whole message once it is there. */
  message(): Buffer | undefined;
}

export function startAssembly(first: Extract<Packet, { kind: 'init' }>): Assembly {
  const parts = [first.data];
  let received = first.data.length;
  return {
    cid: first.cid,
    command: first.command,
    add: (packet) => {
      if (packet.sequence !== parts.length - 1) return 'INVALID_SEQ';
      parts.push(packet.data);
      received += packet.data.length;
      return undefined;
    },
    message: () => (received >= first.length ? Buffer.concat(parts).subarray(0, first.length) : undefined),
  };
}
