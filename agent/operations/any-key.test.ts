import { createECDH, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { createVirtualDevice, freshState, memoryStore, modern } from '../../infra/local/key';
import { type CborMap, cborMap, type CborValue, decodeCbor, encodeCbor } from '../ctap/cbor';
import { type ChannelTimes } from '../hid/channel';
import { CTAPHID } from '../hid/commands';
import { type Device } from '../hid/devices';
import { scriptedKey } from '../hid/scripted-transport.fixture';
import { encodeBase64Url } from '../protocol/credential-id';
import { Fault } from '../protocol/fault';
import { assertion, passkeyOnKey } from './assert';
import { enableEnterpriseAttestation, setAlwaysUv, setMinimumPin } from './configure';
import { addFingerprint, fingerprintSensor, listFingerprints, removeFingerprint } from './fingerprints';
import { inspect } from './inspect';
import { type Key, openKey } from './key';
import { listBlobs, writeBlob } from './large-blobs';
import { register } from './register';
import { scriptedPrompts } from './scripted-prompts.fixture';
import { setPin } from './set-pin';

const FAST: ChannelTimes = { inactivityMs: 25, busyMs: 25, cancelMs: 25 };
const RP = 'login.microsoft.com';
const PIN = '4711';

/** What goes wrong with a report on its way: dropped, doubled, cut, bits flipped, or something else entirely. */
interface Mishap {
  at: number;
  what: 'drop' | 'double' | 'cut' | 'flip' | 'noise' | 'unplug';
  byte: number;
  bits: number;
}
const mishap: fc.Arbitrary<Mishap> = fc.record({
  at: fc.nat(60),
  what: fc.constantFrom('drop', 'double', 'cut', 'flip', 'flip', 'flip', 'noise', 'unplug'),
  byte: fc.nat(63),
  bits: fc.integer({ min: 1, max: 255 }),
});

/** A virtual key whose PIN is set, behind a line on which reports meet mishaps. */
async function brokenKey(mishaps: readonly Mishap[]) {
  const store = memoryStore(freshState(modern));
  const virtual = await createVirtualDevice({ profile: modern, store, touch: 'auto' });
  const wrong = new Map(mishaps.map((each) => [each.at, each]));
  let count = 0;
  let line = new Map<number, Mishap>();
  const device: Device = {
    path: 'virtual',
    open: async ({ onReport, onGone }) => {
      const port = virtual.attach((report) => {
        const bad = line.get(count++);
        if (!bad) return onReport(report);
        if (bad.what === 'unplug') return onGone();
        for (const each of harm(report, bad)) onReport(each);
      });
      return {
        write: async (report) => port.receive(Buffer.from(report)),
        close: async () => port.detach(),
      };
    },
  };
  const key = await openKey(device);
  await setPin(key, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) });
  await key.close();
  line = wrong;
  count = 0;
  return { device, virtual };
}

function harm(report: Uint8Array, { what, byte, bits }: Mishap): Uint8Array[] {
  const copy = Uint8Array.from(report);
  if (what === 'drop') return [];
  if (what === 'double') return [copy, copy];
  if (what === 'cut') return [copy.subarray(0, byte)];
  if (what === 'noise') return [Uint8Array.from(randomBytes(64))];
  copy[byte] = (copy[byte] ?? 0) ^ bits;
  return [copy];
}

const options = () => ({
  rp: { id: RP, name: 'Microsoft' },
  user: { id: encodeBase64Url(randomBytes(32)), name: 'ada', displayName: 'Ada' },
  challenge: encodeBase64Url(randomBytes(32)),
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  excludeCredentials: [{ type: 'public-key', id: encodeBase64Url(randomBytes(48)) }],
  authenticatorSelection: { requireResidentKey: true },
});

async function outcome(run: () => Promise<unknown>): Promise<'done' | Fault> {
  try {
    await run();
    return 'done';
  } catch (error) {
    // Anything but a Fault is a crash.
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** Everything that a key of today lets itself be managed with. */
const MANAGED = {
  bioEnroll: true,
  authnrCfg: true,
  alwaysUv: false,
  setMinPINLength: true,
  ep: false,
  largeBlobs: true,
};

describe('whatever a key sends', () => {
  it('a registration ends soon, in a passkey or a Fault, and costs no PIN try', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { minLength: 1, maxLength: 4 }), async (mishaps) => {
        const { device, virtual } = await brokenKey(mishaps);
        const before = Date.now();
        await outcome(async () => {
          const key = await openKey(device, FAST);
          try {
            // One PIN: a second question would end in script-ended, which is a Fault too.
            await register(key, { options: options(), rpId: RP, prompts: scriptedPrompts({ pins: [PIN] }) });
          } finally {
            await key.close();
          }
        });
        expect(Date.now() - before).toBeLessThan(5000);
        // A try is taken off before the PIN is compared; a wrong one would stay off. Flipped bits reach only us, so the
        // key always compares the right PIN.
        expect(virtual.condition().pinRetries).toBe(modern.pinRetries);
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  const nonsense = fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer({ min: -30, max: 70_000 }),
      fc.string({ maxLength: 12 }),
      fc.boolean(),
      fc.uint8Array({ maxLength: 80 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom('id', 'name')), tie('value')), {
          maxLength: 6,
        })
        .map((entries) => new Map(entries)),
    ),
  }));
  const reply = fc.oneof(
    fc
      .tuple(fc.constantFrom(0, 0, 0, 0x2e, 0x31, 0x36, 0xff), nonsense.value)
      .map(([status, value]) => Uint8Array.from([status, ...encodeCbor(value)])),
    fc.uint8Array({ maxLength: 100 }),
  );
  const honestInfo = Uint8Array.from([
    0,
    ...encodeCbor(
      cborMap([
        [1, ['FIDO_2_1']],
        [3, new Uint8Array(16)],
        [4, new Map(Object.entries({ rk: true, clientPin: true, pinUvAuthToken: true, credMgmt: true, ...MANAGED }))],
        [6, [2]],
      ]),
    ),
  ]);

  it('answers in CBOR that make no sense end in a Fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 12 }), fc.boolean(), async (replies, honest) => {
        let next = 0;
        const scripted = scriptedKey(({ command, message }) => {
          if (command !== CTAPHID.CBOR) return [];
          if (honest && message[0] === 0x04) return honestInfo;
          return replies[next++ % replies.length] ?? [];
        });
        const device: Device = { path: 'scripted', open: scripted.open };
        await outcome(async () => {
          const key = await openKey(device, FAST);
          await outcome(() => inspect(key));
          await register(key, {
            options: options(),
            rpId: RP,
            prompts: scriptedPrompts({ pins: Array<string>(20).fill(PIN), confirms: [true, true] }),
          });
          throw new Error('a passkey out of nonsense');
        });
      }),
      { numRuns: 600 },
    );
  }, 60_000);

  const id = new Uint8Array(16);
  const dialogue = () => ({ prompts: scriptedPrompts({ pins: Array<string>(20).fill(PIN), confirms: [true, true] }) });
  const operations: Record<string, (key: Key) => Promise<unknown>> = {
    fingerprintSensor,
    listFingerprints: (key) => listFingerprints(key, dialogue()),
    addFingerprint: (key) => addFingerprint(key, { name: 'thumb', ...dialogue() }),
    removeFingerprint: (key) => removeFingerprint(key, id, dialogue()),
    setAlwaysUv: (key) => setAlwaysUv(key, true, dialogue()),
    setMinimumPin: (key) => setMinimumPin(key, { length: 6, forceChange: true, ...dialogue() }),
    enableEnterpriseAttestation: (key) => enableEnterpriseAttestation(key, dialogue()),
    listBlobs: (key) => listBlobs(key, dialogue()),
    writeBlob: (key) => writeBlob(key, id, id, dialogue()),
    assertion: (key) => assertion(key, { rpId: RP, ...dialogue() }),
    passkeyOnKey: (key) => passkeyOnKey(key, { rpId: RP, credentialIds: [id, new Uint8Array(8)] }),
  };
  /** A key that agrees on keys and gives tokens as it should, and talks nonsense beyond that. */
  function plausible(replies: readonly Uint8Array[]) {
    const ecdh = createECDH('prime256v1');
    const point = ecdh.generateKeys();
    let next = 0;
    return scriptedKey(({ command, message }) => {
      if (command !== CTAPHID.CBOR) return [];
      const nonsense = () => replies[next++ % replies.length] ?? [];
      if (message[0] === 0x04) return honestInfo;
      const subCommand = message.length > 1 ? (decodeCbor(message.subarray(1)) as CborMap).get(2) : undefined;
      // The reader tells what it is, so that enrolling begins.
      if (message[0] === 0x09 && subCommand === 0x07) return ok([[2, 1]]);
      if (message[0] !== 0x06) return nonsense();
      if (subCommand === 0x01) return ok([[3, 8]]);
      if (subCommand === 0x02) return ok([[1, coseKey(point)]]);
      return subCommand === 0x09 ? ok([[2, new Uint8Array(48)]]) : nonsense();
    });
  }
  const ok = (members: readonly [number, CborValue][]) => Uint8Array.from([0, ...encodeCbor(cborMap(members))]);
  const coseKey = (point: Buffer) =>
    cborMap([
      [1, 2],
      [3, -25],
      [-1, 1],
      [-2, Uint8Array.from(point.subarray(1, 33))],
      [-3, Uint8Array.from(point.subarray(33))],
    ]);

  it.each(Object.keys(operations))(
    '%s ends soon on a key that talks nonsense',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 6 }), async (replies) => {
          const device: Device = { path: 'scripted', open: plausible(replies).open };
          const before = Date.now();
          await outcome(async () => {
            const key = await openKey(device, FAST);
            await outcome(async () => operations[name]?.(key));
            await key.close();
          });
          expect(Date.now() - before).toBeLessThan(5000);
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});
