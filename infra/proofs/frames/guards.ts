import { type Guard } from '../rig/guard-out';

/** Takes one piece of a source away, or puts another in its place. */
const without =
  (piece: string, instead = '') =>
  (source: string): string =>
    source.replace(piece, instead);

/** What keeps the promise; without any one of these it must be seen to break. By what each does. */
export const GUARDS: Readonly<Record<string, Guard>> = {
  'the limit of silence': {
    file: 'agent/hid/exchange.ts',
    instead: without('notSilent = after(inactivityMs, () => fail(keySilent(inactivityMs)));'),
  },
  'the nonce of a new channel': {
    file: 'agent/hid/commands.ts',
    instead: without(' || !nonce.every((byte, i) => reply[i] === byte)'),
  },
  'the lengths in CBOR': {
    file: 'agent/ctap/cbor-scan.ts',
    instead: without("if (at + count > bytes.length) throw new Error('CBOR ends too early');"),
  },
  'one try for each PIN that is typed': {
    file: 'agent/operations/pin-entry.ts',
    instead: without('known = undefined;', 'known = pin;'),
  },
  'the lengths in CBOR, on the key': {
    file: 'infra/local/key/cbor/decode.ts',
    instead: without("if (end > this.bytes.length) throw new CborError('the item ends early');"),
  },
};
