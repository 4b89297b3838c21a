import { loadAttestation } from '../attestation';
import { decodeCbor } from '../cbor/decode';
import { encodeCbor } from '../cbor/encode';
import type { CborMap, CborValue } from '../cbor/types';
import { createVirtualDevice, type DeviceOptions, type VirtualDevice } from '../device';
import { startAssembly, type Assembly } from '../hid/assembly';
import { BROADCAST, Command, parsePacket, toReports } from '../hid/packet';
import { modern } from '../profiles';
import { freshState, type KeyState } from '../state';
import { memoryStore } from '../store';

/** A whole message that the key sent. */
export interface Message {
  readonly cid: number;
  readonly command: number;
  readonly data: Buffer;
}

/** What a CTAP2 command came to. `body` is undefined for a bare status. */
export interface Answer {
  readonly status: number;
  readonly body: CborMap | undefined;
  /** The keepalive statuses on the way. */
  readonly keepalives: readonly number[];
}

/** A program on the other side of the wire, for tests: it can behave, and it can misbehave. */
export interface Host {
  readonly cid: number;
  /** Sends one report as it is. */
  raw(report: Uint8Array): void;
  send(command: number, data: Uint8Array, cid?: number): void;
  /** The next message from the key, keepalives included. */
  next(): Promise<Message>;
  /** Messages that came and were not taken yet. */
  pending(): readonly Message[];
  /** Sends and waits for what is no keepalive. */
  call(command: number, data: Uint8Array): Promise<Message & { keepalives: number[] }>;
  cbor(command: number, params?: CborMap): Promise<Answer>;
  /** A CTAP2 command byte with bytes that need not be CBOR at all. */
  cborBytes(message: Uint8Array): Promise<Answer>;
  detach(): void;
}

/** Making certificates is the slow part of a new key: the keys of one test file share theirs. */
let attestation: Promise<KeyState['attestation']> | undefined;

async function makeAttestation(): Promise<KeyState['attestation']> {
  const store = memoryStore(freshState(modern));
  await loadAttestation(modern, store);
  return store.read().attestation;
}

/** A fresh key in memory. Touch is automatic unless the options say otherwise. */
export async function testDevice(options: Partial<DeviceOptions> = {}): Promise<VirtualDevice> {
  const profile = options.profile ?? modern;
  attestation ??= makeAttestation();
  const state = { ...freshState(profile), attestation: await attestation };
  return createVirtualDevice({ profile, store: memoryStore(state), touch: 'auto', ...options });
}

/** Opens the device and takes a channel. */
export async function openHost(device: VirtualDevice): Promise<Host> {
  const assemblies = new Map<number, Assembly>();
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];

  const take = (report: Buffer): void => {
    const packet = parsePacket(report);
    const assembly = packet.kind === 'init' ? startAssembly(packet) : assemblies.get(packet.cid);
    if (assembly === undefined) throw new Error('the key sent a continuation of nothing');
    if (packet.kind === 'cont' && assembly.add(packet) !== undefined) throw new Error('the key lost count');
    assemblies.set(packet.cid, assembly);
    const data = assembly.message();
    if (data === undefined) return;
    const message = { cid: packet.cid, command: assembly.command, data };
    const taker = waiting.shift();
    if (taker === undefined) messages.push(message);
    else taker(message);
  };

  const port = device.attach(take);
  const next = (): Promise<Message> => {
    const message = messages.shift();
    return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
  };
  const nonce = Buffer.from('0011223344556677', 'hex');
  for (const report of toReports(BROADCAST, Command.INIT, nonce)) port.receive(report);
  const cid = (await next()).data.readUInt32BE(8);

  const send = (command: number, data: Uint8Array, on = cid): void => {
    for (const report of toReports(on, command, data)) port.receive(report);
  };
  const call = async (command: number, data: Uint8Array): Promise<Message & { keepalives: number[] }> => {
    send(command, data);
    const keepalives: number[] = [];
    for (;;) {
      const message = await next();
      if (message.command !== Command.KEEPALIVE) return { ...message, keepalives };
      keepalives.push(message.data.readUInt8(0));
    }
  };
  const cborBytes = async (message: Uint8Array): Promise<Answer> => {
    const { command, data, keepalives } = await call(Command.CBOR, message);
    if (command !== Command.CBOR) throw new Error(`CTAPHID command ${command} ${data.toString('hex')}`);
    const status = data.readUInt8(0);
    if (data.length === 1) return { status, body: undefined, keepalives };
    return { status, body: decodeCbor(data.subarray(1)) as CborMap, keepalives };
  };
  return {
    cid,
    raw: (report) => port.receive(report),
    send,
    next,
    pending: () => messages,
    call,
    cborBytes,
    cbor: (command, params) =>
      cborBytes(Buffer.concat([Buffer.of(command), params === undefined ? Buffer.alloc(0) : encodeCbor(params)])),
    detach: port.detach,
  };
}

/** A CTAP2 map from pairs of member number and value; undefined leaves a member out. */
export function members(entries: Readonly<Record<number, CborValue | undefined>>): CborMap {
  const present = Object.entries(entries).flatMap(([key, value]): [number, CborValue][] =>
    value === undefined ? [] : [[Number(key), value]],
  );
  return new Map(present);
}

/** A map with text keys: entities, options, extensions. */
export function named(entries: Readonly<Record<string, CborValue>>): CborMap {
  return new Map(Object.entries(entries));
}
