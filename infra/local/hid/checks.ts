import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';
import { isoBase64URL } from '@simplewebauthn/server/helpers';

import { listDevices } from '../../../agent/hid/devices';
import { findKey } from '../../../agent/operations/find-key';
import { inspect } from '../../../agent/operations/inspect';
import type { Key } from '../../../agent/operations/key';
import { register } from '../../../agent/operations/register';
import { scriptedPrompts } from '../../../agent/operations/scripted-prompts.fixture';
import type { VirtualDevice } from '../key/index';
import { plugIntoKernel, VENDOR_ID } from './uhid';

/** One thing that must hold of a key that the kernel itself has. */
export interface KernelCheck {
  readonly name: string;
  run(bench: Bench): Promise<void>;
}

/** The key, and the plug it hangs on. */
export interface Bench {
  readonly device: VirtualDevice;
  plug: { unplug(): void };
  /** The passkey that was made first. */
  credentialId?: string;
}

export const KEY_NAME = 'Keyvouch Virtual Key';
const RP_ID = 'login.keyvouch.test';
const PIN = 'pärm-4711';
const FIDO2_TOKEN = '/usr/bin/fido2-token';
const run = promisify(execFile);

export const kernelChecks: readonly KernelCheck[] = [
  { name: 'the kernel shows the key to node-hid as a FIDO device', run: seen },
  { name: "libfido2's fido2-token lists it and reads its info", run: seenByLibfido2 },
  { name: 'the agent finds it and reads its info', run: inspected },
  { name: 'the agent sets a PIN and registers a passkey that verifies', run: registered },
  { name: 'a second registration for the same person is refused as already there', run: refusedTwice },
  { name: 'unplugging while it waits for a touch ends with key-gone', run: unplugged },
  { name: 'plugged in again it still has its PIN', run: replugged },
];

async function seen(): Promise<void> {
  const path = await pathOfOurs();
  demand(path.startsWith('/dev/hidraw'), `path ${path}`);
}

async function seenByLibfido2({ device }: Bench): Promise<void> {
  if (!existsSync(FIDO2_TOKEN)) return;
  const path = await pathOfOurs();
  const list = await run(FIDO2_TOKEN, ['-L'], { timeout: 20_000 });
  demand(
    list.stdout.split('\n').some((line) => line.startsWith(`${path}:`)),
    `fido2-token -L printed "${list.stdout}"`,
  );
  const info = await run(FIDO2_TOKEN, ['-I', path], { timeout: 20_000 });
  demand(info.stdout.includes(device.aaguid.replaceAll('-', '')), 'another AAGUID');
}

async function inspected({ device }: Bench): Promise<void> {
  await withKey(async (key) => {
    const report = await inspect(key);
    demand(report.aaguid === device.aaguid, `AAGUID ${report.aaguid}`);
    demand(report.pin.supported && !report.pin.set, 'a fresh key has no PIN');
  });
}

async function registered(bench: Bench): Promise<void> {
  const { device } = bench;
  SettingsService.setRootCertificates({ identifier: 'packed', certificates: [device.attestationRootPem] });
  const challenge = isoBase64URL.fromBuffer(crypto.getRandomValues(new Uint8Array(32)));
  await withKey(async (key) => {
    const made = await register(key, {
      options: creationOptions(challenge),
      rpId: RP_ID,
      prompts: scriptedPrompts({ pins: [PIN, PIN, PIN] }),
    });
    const id = isoBase64URL.fromBuffer(new Uint8Array(made.credentialId));
    const verification = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: isoBase64URL.fromBuffer(new Uint8Array(made.clientDataJSON)),
          attestationObject: isoBase64URL.fromBuffer(new Uint8Array(made.attestationObject)),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: `https://${RP_ID}`,
      expectedRPID: RP_ID,
      requireUserVerification: true,
    });
    demand(verification.verified, 'the registration does not verify');
    demand(made.pinWasSet, 'the PIN was not set');
    demand(made.aaguid === device.aaguid, `AAGUID ${made.aaguid}`);
    demand(device.condition().credentials === 1, 'the key keeps no discoverable credential');
    bench.credentialId = id;
  });
}

async function refusedTwice({ credentialId }: Bench): Promise<void> {
  await withKey(async (key) => {
    const options = { ...creationOptions(isoBase64URL.fromUTF8String('another challenge')) };
    const refused = register(key, {
      options: { ...options, excludeCredentials: [{ id: credentialId, type: 'public-key' }] },
      rpId: RP_ID,
      prompts: scriptedPrompts({ pins: [PIN] }),
    });
    await fails(refused, 'key-already-registered');
  });
}

async function unplugged(bench: Bench): Promise<void> {
  bench.device.touchBy('manual');
  const stop = bench.device.onLight((light) => {
    if (light === 'blinking') bench.plug.unplug();
  });
  try {
    await withKey(async (key) => {
      const challenge = isoBase64URL.fromUTF8String('never to be answered');
      const prompts = scriptedPrompts({ pins: [PIN] });
      await fails(register(key, { options: creationOptions(challenge), rpId: RP_ID, prompts }), 'key-gone');
    });
  } finally {
    stop();
  }
}

async function replugged(bench: Bench): Promise<void> {
  bench.device.power(false);
  bench.device.power(true);
  bench.plug = plugIntoKernel(bench.device, KEY_NAME);
  await withKey(async (key) => {
    const report = await inspect(key);
    demand(report.pin.set && report.pin.retriesLeft === 8, 'the PIN is gone');
  });
}

function creationOptions(challenge: string) {
  return {
    rp: { id: RP_ID, name: 'Kernel test' },
    user: { id: isoBase64URL.fromUTF8String('kernel-test'), name: 'ann@keyvouch.test', displayName: 'Ann' },
    challenge,
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'direct',
    extensions: { credentialProtectionPolicy: 'userVerificationOptional', hmacCreateSecret: true },
  };
}

async function withKey(use: (key: Key) => Promise<void>): Promise<void> {
  const key = await findKey({ prompts: scriptedPrompts(), addresses: [await pathOfOurs()], waitMs: 10_000 });
  try {
    await use(key);
  } finally {
    await key.close();
  }
}

/** The virtual key's own node: a machine that runs this may have somebody's real key in it, which is left alone. */
async function pathOfOurs(limitMs = 10_000): Promise<string> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    const found = await listDevices();
    const [ours] = found.filter((one) => one.product === KEY_NAME && one.vendorId === VENDOR_ID);
    if (ours !== undefined) return ours.path;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`node-hid lists no ${KEY_NAME} within ${limitMs} ms`);
}

async function fails(promise: Promise<unknown>, code: string): Promise<void> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  const found = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  demand(found === code, `wanted ${code}, got ${found}`);
}

function demand(truth: boolean, otherwise: string): void {
  if (!truth) throw new Error(otherwise);
}
