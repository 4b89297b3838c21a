import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';

/** CTAP pads a PIN to 64 bytes and needs one of them as its end (CTAP 2.1 §6.5.1). */
export const MAX_PIN_BYTES = 63;
const PADDED_BYTES = 64;

/** What a key asks of a new PIN. */
export interface PinRules {
  /** Unicode code points; the key's minPINLength, at least 4. */
  minimum: number;
  /** Unicode code points; the key's maxPINLength, where it has one. */
  maximum?: number | undefined;
}

/** The PIN in the form every platform must send: NFC. Without it "é" typed on another system is another PIN. */
export function normalisePin(pin: Secret): Secret {
  return new Secret(pin.reveal().normalize('NFC'));
}

/** Why a PIN cannot be sent at all: so that no try is spent on it. Undefined when it can. */
export function pinUnsendable(pin: Secret): Fault | undefined {
  const text = normalisePin(pin).reveal();
  if (text.length === 0) return pinFault('pin-empty', 'No PIN was entered.', 'Enter the PIN of the security key.');
  if (Buffer.byteLength(text) > MAX_PIN_BYTES || text.endsWith('\0')) return tooLong(MAX_PIN_BYTES);
  return undefined;
}

/** Why a key would refuse this as a new PIN, as far as lengths tell. Undefined when it would not. */
export function newPinRefused(pin: Secret, { minimum, maximum }: PinRules): Fault | undefined {
  const text = normalisePin(pin).reveal();
  // Code points, not UTF-16 units: an emoji counts once.
  const length = Array.from(text).length;
  if (length < minimum) {
    return pinFault(
      'pin-too-short',
      `The PIN is too short: this key wants at least ${minimum} characters.`,
      'Choose a longer PIN.',
      {
        minimum,
      },
    );
  }
  if (maximum !== undefined && length > maximum) return tooLong(maximum);
  return pinUnsendable(pin);
}

/** The PIN as 64 bytes, padded with zeros. The caller wipes it with `fill(0)`. */
export function paddedPin(pin: Secret): Buffer {
  const padded = Buffer.alloc(PADDED_BYTES);
  padded.write(normalisePin(pin).reveal(), 'utf8');
  return padded;
}

/** The PIN as bytes without padding. The caller wipes it with `fill(0)`. */
export function pinBytes(pin: Secret): Buffer {
  return Buffer.from(normalisePin(pin).reveal(), 'utf8');
}

function tooLong(maximum: number): Fault {
  return pinFault(
    'pin-too-long',
    `The PIN is too long: this key takes at most ${maximum} bytes.`,
    'Use a shorter PIN.',
    { maximum },
  );
}

function pinFault(code: string, say: string, todo: string, facts: Record<string, number> = {}): Fault {
  return new Fault({ code, say, todo, retry: true, facts });
}
