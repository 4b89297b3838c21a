import { Fault } from '../protocol/fault';
import { printable } from './printable';

/** What keys take that do not say how much (CTAP 2.1 §6.7.7). */
const USUAL_BYTES = 64;

/**
 * A name as it may be stored: composed (NFC), trimmed, nothing in it that a terminal would obey.
 *
 * @param most bytes of UTF-8 that the key takes, where it says so
 * @throws Fault `fingerprint-name-empty`, `fingerprint-name-too-long`
 */
export function fingerprintName(text: string, most: number | undefined): string {
  const limit = most ?? USUAL_BYTES;
  const name = printable(text.normalize('NFC').trim());
  if (name.length === 0) {
    throw new Fault({
      code: 'fingerprint-name-empty',
      say: 'A fingerprint needs a name of at least one character.',
      todo: 'Give it a name such as "right thumb".',
    });
  }
  const bytes = Buffer.byteLength(name);
  if (bytes <= limit) return name;
  throw new Fault({
    code: 'fingerprint-name-too-long',
    say: `The name is too long: this key takes at most ${limit} bytes.`,
    todo: 'Choose a shorter name.',
    facts: { bytes, limit },
  });
}
