import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

import { attestationObject, clientDataJSON } from './ceremony-texts';
import { startJsonLines } from './json-lines';
import { type KeyTool, type PasskeyAt, UnknownHere } from './tool';
import { PYTHON } from './tools';

/** Where the key is now: a socket, or a path of the kernel. */
export type PythonAddress = readonly ['tcp', string, number] | readonly ['hid', string];

const hex = z.string().transform((text) => Buffer.from(text, 'hex'));
const information = z.object({
  aaguid: z.string(),
  options: z.record(z.boolean()),
  minPinLength: z.number(),
  pinSet: z.boolean(),
});
const registration = z.object({ id: hex, fmt: z.string(), authData: hex, sig: hex, x5c: z.array(hex) });
const assertionSchema = z.object({ authData: hex, signature: hex });
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const listedPasskeys = z.array(z.object({ id: hex, name: text, displayName: text }));
const listedFingerprints = z.array(z.object({ id: z.string(), name: text }));
const space = z.object({ existing: z.number(), remaining: z.number() });

/** python-fido2 of Debian's python3-fido2, in one process for all calls: importing it takes longer than any of them. */
export function pythonTool(at: () => Promise<PythonAddress>): KeyTool & { close(): Promise<void> } {
  const python = startJsonLines('python-fido2', [PYTHON, '-B', join(__dirname, 'python_tool.py')]);
  const ask = async (what: string, members: object = {}): Promise<unknown> =>
    python.ask({ do: what, at: await at(), ...members });
  const tell = (what: string, members: object = {}): Promise<unknown> => ask(what, members);
  const where = ({ rpId, id }: PasskeyAt) => ({ rpId, id: id.toString('hex') });
  const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');

  return {
    name: 'python-fido2 0.9.1',
    info: async () => information.parse(await ask('info')),
    setPin: (pin) => tell('setPin', { pin }),
    changePin: (pin, newPin) => tell('changePin', { pin, newPin }),
    checkPin: (pin) => tell('checkPin', { pin }),
    register: async (pin, { userId, ...wish }) => {
      const clientData = clientDataJSON('webauthn.create', wish.rpId);
      const request = { pin, ...wish, userId: userId.toString('hex'), clientDataHash: hash(clientData) };
      const { id, fmt, authData, sig, x5c } = registration.parse(await ask('register', request));
      return { id, clientDataJSON: clientData, attestationObject: attestationObject(fmt, authData, { sig, x5c }) };
    },
    assert: async (pin, passkey) => {
      const clientData = clientDataJSON('webauthn.get', passkey.rpId);
      const request = { pin, ...where(passkey), clientDataHash: hash(clientData) };
      return { clientDataJSON: clientData, ...assertionSchema.parse(await ask('assert', request)) };
    },
    isOnKey: async (passkey) => z.boolean().parse(await ask('isOnKey', where(passkey))),
    sites: async (pin) => z.array(z.string()).parse(await ask('sites', { pin })),
    passkeys: async (pin, rpId) => listedPasskeys.parse(await ask('passkeys', { pin, rpId })),
    room: async (pin) => space.parse(await ask('room', { pin })),
    rename: (pin, passkey, { id, name, displayName }) =>
      tell('rename', { pin, ...where(passkey), userId: id.toString('hex'), name, displayName }),
    remove: (pin, passkey) => tell('remove', { pin, ...where(passkey) }),
    fingerprints: async (pin) => listedFingerprints.parse(await ask('fingerprints', { pin })),
    enrol: (pin, name) => tell('enrol', { pin, name }),
    renameFingerprint: (pin, finger, name) => tell('renameFingerprint', { pin, finger, name }),
    removeFingerprint: (pin, finger) => tell('removeFingerprint', { pin, finger }),
    alwaysUv: (pin, on) => tell('alwaysUv', { pin, on }),
    minPinLength: (pin, length) => tell('minPinLength', { pin, length }),
    minPinLengthSites: (pin, rpIds) => tell('minPinLengthSites', { pin, rpIds }),
    forcePinChange: (pin) => tell('forcePinChange', { pin }),
    enterpriseAttestation: (pin) => tell('enterpriseAttestation', { pin }),
    writeBlob: (pin, passkey, data) => tell('writeBlob', { pin, ...where(passkey), data: data.toString('hex') }),
    readBlob: async (pin, passkey) => {
      const data = await ask('readBlob', { pin, ...where(passkey) });
      if (typeof data === 'object' && data !== null) {
        throw new UnknownHere('it opens the blob but unpacks it by RFC 1950, where CTAP 2.1 §6.10.3 has RFC 1951');
      }
      return data === null ? undefined : hex.parse(data);
    },
    removeBlob: (pin, passkey) => tell('removeBlob', { pin, ...where(passkey) }),
    wink: () => tell('wink'),
    ping: (bytes) => tell('ping', { data: bytes.toString('hex') }),
    reset: async ({ unplug, plug }) => {
      await unplug();
      await plug();
      await tell('reset');
    },
    close: () => python.close(),
  };
}
