import {
  bioEnrollmentCommand,
  createBioEnrollment,
  type FingerprintTemplate,
  fingerprintSensorInfo,
} from '../ctap/bio-enrollment';
import { ctapFault, hasStatus } from '../ctap/ctap-fault';
import { PERMISSION } from '../ctap/pin-token';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { enrollFinger } from './enroll-finger';
import { fingerprintName } from './fingerprint-name';
import { type Key } from './key';
import { type Dialogue, hasPin } from './set-pin';
import { withToken } from './user-verification';

/** A fingerprint that is stored on the key. */
export type Fingerprint = FingerprintTemplate;

/** What the key says of its reader. */
export interface SensorReport {
  kind: 'touch' | 'swipe';
  /** The most good samples that an enrolment takes. */
  samples: number | undefined;
  /** The longest name of a fingerprint, in bytes of UTF-8. */
  nameBytes: number | undefined;
}

const TOKEN = { permissions: PERMISSION.bioEnrollment };

/**
 * Asks about the reader; needs no PIN.
 *
 * @throws Fault `key-no-fingerprint` where there is none
 */
export async function fingerprintSensor(key: Key): Promise<SensorReport> {
  const { kind, maxSamples, maxNameBytes } = await fingerprintSensorInfo(key.ctap, commandOf(key));
  return { kind, samples: maxSamples, nameBytes: maxNameBytes };
}

/** Lists what is enrolled, with the names the person gave. Fault `key-no-fingerprint`, and all of the PIN. */
export async function listFingerprints(key: Key, dialogue: Dialogue): Promise<Fingerprint[]> {
  const command = commandOf(key);
  return withToken(key, TOKEN, dialogue, ({ token }) => createBioEnrollment(key.ctap, command, token).templates());
}

/**
 * Enrols a finger, sample by sample, and gives it a name.
 *
 * @returns what was enrolled; without its name where the key took the finger but not the name
 * @throws Fault `key-no-fingerprint`, `key-pin-not-set`, `key-fingerprints-full`, `key-fingerprint-unclear`,
 *   `key-no-touch`, `fingerprint-name-too-long`, `key-cancelled`, and all of the PIN
 */
export async function addFingerprint(
  key: Key,
  request: { name?: string | undefined } & Dialogue,
): Promise<Fingerprint> {
  const { prompts, signal } = request;
  const command = commandOf(key);
  // A fingerprint may be used up; the key wants a PIN to fall back on before it enrols one.
  if (hasPin(key) === false) throw ctapFault(STATUS.PIN_NOT_SET);
  const sensor = await fingerprintSensor(key);
  const name = request.name === undefined ? undefined : fingerprintName(request.name, sensor.nameBytes);
  const enrolled = await withToken(key, TOKEN, { prompts, signal }, async ({ token, pin }) => {
    const id = await enrollFinger(createBioEnrollment(key.ctap, command, token), sensor, { prompts, signal });
    return { id, pin };
  });
  await key.refresh();
  prompts.say('The fingerprint is enrolled.');
  if (name === undefined) return { id: enrolled.id, name: undefined };
  try {
    await giveName(key, command, enrolled.id, name, { prompts, signal, pin: enrolled.pin });
    return { id: enrolled.id, name };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    prompts.say(`It has no name, though: ${error.say}`);
    return { id: enrolled.id, name: undefined };
  }
}

/** Fault `key-no-such-fingerprint`, `fingerprint-name-too-long`, `key-no-fingerprint`, and all of the PIN. */
export async function renameFingerprint(key: Key, id: Uint8Array, name: string, dialogue: Dialogue): Promise<void> {
  const { nameBytes } = await fingerprintSensor(key);
  await giveName(key, commandOf(key), id, fingerprintName(name, nameBytes), dialogue);
}

/** Fault `key-no-such-fingerprint`, `key-no-fingerprint`, and all of the PIN. */
export async function removeFingerprint(key: Key, id: Uint8Array, dialogue: Dialogue): Promise<void> {
  const command = commandOf(key);
  await withToken(key, TOKEN, dialogue, ({ token }) =>
    onTemplate(createBioEnrollment(key.ctap, command, token).remove(id)),
  );
  await key.refresh();
}

/** With a token of its own: on some keys a token is dead after it has written one fingerprint. */
async function giveName(
  key: Key,
  command: number,
  id: Uint8Array,
  name: string,
  dialogue: Parameters<typeof withToken>[2],
): Promise<void> {
  await withToken(key, TOKEN, dialogue, ({ token }) =>
    onTemplate(createBioEnrollment(key.ctap, command, token).setFriendlyName(id, name)),
  );
}

/** Gives the key's "no such template" words of its own. */
async function onTemplate(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!hasStatus(error, STATUS.INVALID_OPTION)) throw error;
    throw new Fault({
      code: 'key-no-such-fingerprint',
      say: 'There is no such fingerprint on this security key.',
      todo: 'List the fingerprints of the key and choose one of them.',
      cause: error,
    });
  }
}

function commandOf(key: Key): number {
  const command = bioEnrollmentCommand(key.info);
  if (command !== undefined) return command;
  throw new Fault({
    code: 'key-no-fingerprint',
    say: 'This security key has no fingerprint reader.',
    todo: 'Use its PIN, or another model of key.',
  });
}
