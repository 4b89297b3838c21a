import { CborError, decodeCbor } from '../cbor/decode';
import { encodeCbor } from '../cbor/encode';
import type { CborMap } from '../cbor/types';
import { speaksCtap21, type KeyProfile } from '../profile';
import { bioEnrollment } from './bio-enrollment';
import { clientPin } from './client-pin';
import { authenticatorConfig } from './config';
import { credentialManagement, credentialManagementPreview } from './credential-management';
import { getAssertion, getNextAssertion } from './get-assertion';
import { getInfo } from './get-info';
import type { Call, Continuation, CtapCommand, Key, Person } from './key';
import { largeBlobs } from './large-blobs';
import { makeCredential } from './make-credential';
import { map } from './params';
import { reset } from './reset';
import { CtapError, Status } from './status';

/** A finished command, for the event log. */
export interface Outcome {
  readonly command: number;
  readonly status: number;
  /** Why it failed, in the virtual key's own words. */
  readonly why?: string;
}

export interface Authenticator {
  /** Carries out one CTAP2 message (command byte and CBOR) and gives its answer (status byte and CBOR). Never rejects. */
  handle(message: Buffer, person: Person): Promise<Buffer>;
}

interface Entry {
  readonly name: string;
  readonly run: CtapCommand;
  /** Whether the command has a parameter map. A command without one takes no bytes at all. */
  readonly parameters: boolean;
  /** The models that have the command. Default: all. */
  readonly on?: (profile: KeyProfile) => boolean;
}

const commands = new Map<number, Entry>([
  [0x01, { name: 'makeCredential', run: makeCredential, parameters: true }],
  [0x02, { name: 'getAssertion', run: getAssertion, parameters: true }],
  [0x04, { name: 'getInfo', run: getInfo, parameters: false }],
  [0x06, { name: 'clientPIN', run: clientPin, parameters: true }],
  [0x07, { name: 'reset', run: reset, parameters: false }],
  [0x08, { name: 'getNextAssertion', run: getNextAssertion, parameters: false }],
  [0x09, { name: 'bioEnrollment', run: bioEnrollment, parameters: true, on: enrolls('final') }],
  [
    0x0a,
    {
      name: 'credentialManagement',
      run: credentialManagement,
      parameters: true,
      on: (profile) => profile.credentialManagement,
    },
  ],
  [0x0b, { name: 'selection', run: selection, parameters: false, on: speaksCtap21 }],
  [
    0x0c,
    { name: 'largeBlobs', run: largeBlobs, parameters: true, on: (profile) => profile.maxLargeBlobs !== undefined },
  ],
  [
    0x0d,
    {
      name: 'authenticatorConfig',
      run: authenticatorConfig,
      parameters: true,
      on: (profile) => profile.authenticatorConfig,
    },
  ],
  [0x40, { name: 'bioEnrollmentPreview', run: bioEnrollment, parameters: true, on: enrolls('preview') }],
  [
    0x41,
    {
      name: 'credentialManagementPreview',
      run: credentialManagementPreview,
      parameters: true,
      on: (profile) => profile.credentialManagementPreview,
    },
  ],
]);

function enrolls(by: 'final' | 'preview') {
  return ({ fingerprint }: KeyProfile): boolean => fingerprint?.commands === by || fingerprint?.commands === 'both';
}

/** The name of a CTAP2 command byte, for people. */
export function commandName(command: number): string {
  return commands.get(command)?.name ?? `0x${command.toString(16).padStart(2, '0')}`;
}

/** The CTAP2 layer of a key: parses strictly, runs one command, answers canonically (CTAP 2.1 §6, §8). */
export function createAuthenticator(key: Key, onOutcome: (outcome: Outcome) => void): Authenticator {
  let left: Continuation | undefined;

  const run = async (message: Buffer, person: Person): Promise<Buffer> => {
    const before = left;
    left = undefined;
    if (message.length > key.profile.maxMsgSize) throw new CtapError('REQUEST_TOO_LARGE');
    const entry = commands.get(message.readUInt8(0));
    if (entry === undefined || entry.on?.(key.profile) === false) throw new CtapError('INVALID_COMMAND');
    const params = readParameters(entry, message.subarray(1));
    const call: Call = {
      ...person,
      before,
      leave: (continuation) => {
        left = continuation;
      },
    };
    const response = await entry.run(key, params, call);
    return response === undefined ? Buffer.alloc(0) : encodeCbor(response);
  };

  return {
    handle: async (message, person) => {
      const command = message[0] ?? 0;
      try {
        const response = await run(message, person);
        onOutcome({ command, status: Status.OK });
        return Buffer.concat([Buffer.of(Status.OK), response]);
      } catch (error) {
        const failure = error instanceof CtapError ? error : new CtapError('OTHER', String(error));
        onOutcome({ command, status: failure.code, why: failure.message });
        return Buffer.of(failure.code);
      }
    },
  };
}

function readParameters(entry: Entry, encoded: Buffer): CborMap {
  if (!entry.parameters) {
    if (encoded.length > 0) throw new CtapError('INVALID_LENGTH', 'a command without parameters');
    return new Map();
  }
  if (encoded.length === 0) throw new CtapError('MISSING_PARAMETER', 'no parameters at all');
  try {
    return map(decodeCbor(encoded));
  } catch (error) {
    if (error instanceof CborError) throw new CtapError('INVALID_CBOR', error.message);
    throw error;
  }
}

/** authenticatorSelection (CTAP 2.1 §6.9): "is it this one?", answered by a touch. */
async function selection(_key: Key, _params: CborMap, call: Call): Promise<undefined> {
  await call.touch();
  return undefined;
}
