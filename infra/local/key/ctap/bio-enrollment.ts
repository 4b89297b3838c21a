import { randomBytes } from 'node:crypto';

import { encodeCbor } from '../cbor/encode';
import type { CborMap, CborValue } from '../cbor/types';
import { fingerSamples, NO_USER_ACTIVITY } from '../finger';
import { Permission } from '../pin/token';
import type { FingerprintReader } from '../profile';
import type { KeyState } from '../state';
import type { Call, Key } from './key';
import { boolean, bytes, map, NO_MEMBERS, optional, required, text, unsigned } from './params';
import { readPinUvAuth } from './pin-uv-auth';
import { CtapError } from './status';

const FINGERPRINT = 0x01;

/** Members of subCommandParams (CTAP 2.1 §6.7). */
const Param = { templateId: 0x01, templateFriendlyName: 0x02, timeoutMilliseconds: 0x03 } as const;

interface Request {
  readonly reader: FingerprintReader;
  readonly subParams: CborMap;
  readonly call: Call;
}

interface SubCommand {
  /** Cancelling and asking about the reader are free. */
  readonly authorized: boolean;
  run(key: Key, request: Request): Promise<CborMap | undefined> | CborMap | undefined;
}

/** authenticatorBioEnrollment (CTAP 2.1 §6.7), under its final number 0x09 and the one of the preview, 0x40. */
export function bioEnrollment(
  key: Key,
  params: CborMap,
  call: Call,
): Promise<CborMap | undefined> | CborMap | undefined {
  const reader = key.profile.fingerprint;
  if (reader === undefined) throw new CtapError('INVALID_COMMAND');
  const number = optional(params, 0x02, unsigned);
  const subParams = optional(params, 0x03, map) ?? NO_MEMBERS;
  if (number === undefined) {
    if (optional(params, 0x06, boolean) !== true) throw new CtapError('MISSING_PARAMETER', 'subCommand');
    return new Map([[0x01, FINGERPRINT]]);
  }
  if (required(params, 0x01, unsigned) !== FINGERPRINT) throw new CtapError('INVALID_PARAMETER', 'modality');
  const subCommand = subCommands.get(number);
  if (subCommand === undefined) throw new CtapError('INVALID_SUBCOMMAND', `bioEnrollment ${number}`);
  if (subCommand.authorized) authorize(key, params, number, subParams);
  return subCommand.run(key, { reader, subParams, call });
}

/** The param is over modality || subCommand || subCommandParams. */
function authorize(key: Key, params: CborMap, subCommand: number, subParams: CborMap): void {
  const auth = readPinUvAuth(key, params, { parameter: 0x05, protocol: 0x04 });
  if (auth === undefined) throw new CtapError('PUAT_REQUIRED');
  const encoded = params.has(0x03) ? encodeCbor(subParams) : Buffer.alloc(0);
  const message = Buffer.concat([Buffer.of(FINGERPRINT, subCommand), encoded]);
  const valid = key.token.verify(auth.protocol, message, auth.parameter) && key.token.has(Permission.be);
  if (!valid) throw new CtapError('PIN_AUTH_INVALID');
}

/** enrollBegin (§6.7.4): whatever was being enrolled before is dropped. */
async function enrollBegin(key: Key, { reader, subParams, call }: Request): Promise<CborMap> {
  const timeout = optional(subParams, Param.timeoutMilliseconds, unsigned);
  key.pending.enrollment = undefined;
  if (key.store.read().fingerprints.length >= reader.maxTemplates) throw new CtapError('FP_DATABASE_FULL');
  const templateId = randomBytes(4);
  key.pending.enrollment = { templateId, remaining: reader.samples };
  return new Map([[0x04, templateId], ...(await capture(key, call, timeout))]);
}

async function enrollCaptureNextSample(key: Key, { subParams, call }: Request): Promise<CborMap> {
  const templateId = required(subParams, Param.templateId, bytes);
  const timeout = optional(subParams, Param.timeoutMilliseconds, unsigned);
  if (key.pending.enrollment?.templateId.equals(templateId) !== true) {
    throw new CtapError('INVALID_PARAMETER', 'not the template that is being enrolled');
  }
  return new Map(await capture(key, call, timeout));
}

/** Takes one sample. The last good one makes the template. */
async function capture(key: Key, call: Call, timeoutMs: number | undefined): Promise<[number, CborValue][]> {
  const { enrollment } = key.pending;
  if (enrollment === undefined) throw new CtapError('NOT_ALLOWED', 'nothing is being enrolled');
  const sample = await call.finger(timeoutMs);
  if (sample === 'good') enrollment.remaining -= 1;
  if (enrollment.remaining === 0) {
    key.pending.enrollment = undefined;
    const id = enrollment.templateId.toString('base64url');
    key.store.change((state) => ({ ...state, fingerprints: [...state.fingerprints, { id, name: '' }] }));
  }
  return [
    [0x05, sample === undefined ? NO_USER_ACTIVITY : fingerSamples[sample]],
    [0x06, enrollment.remaining],
  ];
}

function cancelCurrentEnrollment(key: Key): undefined {
  key.pending.enrollment = undefined;
  return undefined;
}

/** Names are always there, if only empty: python-fido2 relies on it. */
function enumerateEnrollments(key: Key): CborMap {
  const { fingerprints } = key.store.read();
  if (fingerprints.length === 0) throw new CtapError('INVALID_OPTION', 'no fingerprint is enrolled');
  const infos = fingerprints.map(
    ({ id, name }) =>
      new Map<number, CborValue>([
        [Param.templateId, Buffer.from(id, 'base64url')],
        [Param.templateFriendlyName, name],
      ]),
  );
  return new Map([[0x07, infos]]);
}

function setFriendlyName(key: Key, { reader, subParams }: Request): undefined {
  const id = required(subParams, Param.templateId, bytes);
  const name = required(subParams, Param.templateFriendlyName, text);
  if (Buffer.byteLength(name) > reader.maxNameBytes) throw new CtapError('INVALID_LENGTH', 'name');
  return changeTemplates(key, id, (template) => [{ ...template, name }]);
}

function removeEnrollment(key: Key, { subParams }: Request): undefined {
  return changeTemplates(key, required(subParams, Param.templateId, bytes), () => []);
}

type Template = KeyState['fingerprints'][number];

function changeTemplates(key: Key, id: Buffer, change: (template: Template) => Template[]): undefined {
  const wanted = id.toString('base64url');
  const { fingerprints } = key.store.read();
  if (!fingerprints.some((template) => template.id === wanted))
    throw new CtapError('INVALID_OPTION', 'no such template');
  const changed = fingerprints.flatMap((template) => (template.id === wanted ? change(template) : [template]));
  key.store.change((state) => ({ ...state, fingerprints: changed }));
  return undefined;
}

function getFingerprintSensorInfo(_key: Key, { reader }: Request): CborMap {
  return new Map([
    [0x01, FINGERPRINT],
    [0x02, reader.kind === 'touch' ? 1 : 2],
    [0x03, reader.samples],
    [0x08, reader.maxNameBytes],
  ]);
}

const subCommands = new Map<number, SubCommand>([
  [0x01, { authorized: true, run: enrollBegin }],
  [0x02, { authorized: true, run: enrollCaptureNextSample }],
  [0x03, { authorized: false, run: cancelCurrentEnrollment }],
  [0x04, { authorized: true, run: enumerateEnrollments }],
  [0x05, { authorized: true, run: setFriendlyName }],
  [0x06, { authorized: true, run: removeEnrollment }],
  [0x07, { authorized: false, run: getFingerprintSensorInfo }],
]);
