import type { KeyProfile } from './profile';

/** Yubico's HID command that tells what a key is: the first vendor command (0x40) and two. */
const READ_CONFIG = 0x42;

const Tag = {
  usbSupported: 0x01,
  serial: 0x02,
  usbEnabled: 0x03,
  formFactor: 0x04,
  version: 0x05,
  configLock: 0x0a,
} as const;

/** FIDO U2F and FIDO2: a virtual key has no other applications. */
const APPLICATIONS = 0x0202;

/**
 * What a YubiKey-shaped key answers to a vendor's HID command: one byte of length, then tag, length, value of each
 * property. Undefined for models of other shapes and commands that it does not have.
 */
export function answerYubicoCommand(profile: KeyProfile, command: number): Buffer | undefined {
  const { yubikey, firmwareVersion } = profile;
  if (yubikey === undefined || command !== READ_CONFIG) return undefined;
  const properties = Buffer.concat([
    property(Tag.usbSupported, APPLICATIONS, 2),
    ...(yubikey.serial === undefined ? [] : [property(Tag.serial, yubikey.serial, 4)]),
    property(Tag.usbEnabled, APPLICATIONS, 2),
    property(Tag.formFactor, yubikey.formFactor, 1),
    property(Tag.version, firmwareVersion, 3),
    property(Tag.configLock, 0, 1),
  ]);
  return Buffer.concat([Buffer.of(properties.length), properties]);
}

function property(tag: number, value: number, size: number): Buffer {
  const out = Buffer.alloc(2 + size);
  out.set([tag, size]);
  out.writeUIntBE(value, 2, size);
  return out;
}
