import { type CborMap, type CborValue } from './cbor';
import { type Ctap, type SendOptions } from './ctap';
import { type PinToken } from './pin-token';

/** What was sent to a {@link scriptedCtap}. */
export interface ScriptedRequest {
  command: number;
  parameters: CborMap | undefined;
  options: SendOptions | undefined;
}

/** A key that answers from a list, in order; an Error in it is thrown, and nothing more is "done". */
export function scriptedCtap(...replies: (CborValue | Error)[]) {
  const requests: ScriptedRequest[] = [];
  const send: Ctap['send'] = async (command, parameters, options) => {
    requests.push({ command, parameters, options });
    const reply = replies.shift();
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const ctap: Ctap = { send, sequence: (run) => run(send) };
  return { ctap, requests };
}

/** A token that writes down what it signs, in hexadecimal. */
export function scriptedToken(): { token: PinToken; signed: string[]; wiped: () => boolean } {
  const signed: string[] = [];
  let wiped = false;
  return {
    signed,
    wiped: () => wiped,
    token: {
      protocol: 2,
      authenticate(message) {
        signed.push(Buffer.from(message).toString('hex'));
        return Uint8Array.of(0xaa);
      },
      wipe: () => void (wiped = true),
    },
  };
}
