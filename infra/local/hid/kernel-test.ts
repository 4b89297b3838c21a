import { deviceAt, listDevices } from '../../../agent/hid/devices';
import { agentTool } from '../judges/agent-tool';
import { crosswise, type Sitting } from '../judges/crosswise';
import { fido2Tools } from '../judges/fido2-tools';
import type { KeyTool } from '../judges/tool';
import type { Verdict } from '../judges/verdict';
import { fido2Verify, simpleWebAuthn } from '../judges/verify';
import { ykmanTool } from '../judges/ykman-tool';
import { type KeyProfile, profiles } from '../key/index';
import { kernelChecks } from './checks';
import { type KernelKey, kernelKey } from './kernel-key';

const YUBICO = 0x1050;

/**
 * Models that go to the kernel, and who writes there; all read. The other models differ in nothing that a kernel sees,
 * and the agent against python-fido2 has sat at all of them over a socket: under emulation each call takes a tenth of a
 * second and more.
 */
const SITTINGS: readonly { profile: KeyProfile; writers: readonly string[] }[] = [
  { profile: profiles.fingerprint, writers: ['agent', 'fido2-token'] },
  { profile: profiles.older, writers: ['fido2-token'] },
  { profile: profiles.fips, writers: ['fido2-token'] },
  { profile: profiles['yubikey-bio'], writers: ['ykman'] },
];

/**
 * Runs on a kernel with /dev/uhid, on this machine or in the microVM: plugs in a virtual key of each model, one after the
 * other, and lets the agent with node-hid, libfido2's tools and ykman work at it.
 *
 * @param tell is called with each verdict as it comes
 */
export async function kernelTest(tell: (verdict: Verdict) => void): Promise<void> {
  await checkPlug(tell);
  for (const { profile, writers } of SITTINGS) await sit(profile, writers, tell);
}

/** What only a kernel can show: the key appears, disappears in the middle of a call, and comes back. */
async function checkPlug(tell: (verdict: Verdict) => void): Promise<void> {
  const key = await kernelKey(profiles.modern);
  for (const { name, run } of kernelChecks) {
    const verdict = { judge: 'node-hid', operation: name, profile: profiles.modern.name };
    await run(key).then(
      () => tell({ ...verdict, outcome: 'PASS' }),
      (error: unknown) => tell({ ...verdict, outcome: 'FAIL', why: String(error) }),
    );
  }
  await key.unplug();
}

async function sit(profile: KeyProfile, writers: readonly string[], tell: (verdict: Verdict) => void): Promise<void> {
  if (profile.usb?.vendorId === YUBICO && (await anotherYubiKey())) {
    const why = 'a real YubiKey is plugged in, and ykman cannot be told to leave it alone';
    tell({ judge: 'ykman', operation: 'everything', profile: profile.name, outcome: 'unknown', why });
    return;
  }
  const key = await kernelKey(profile);
  const ykman = profile.yubikey === undefined ? undefined : ykmanTool(profile.fingerprint !== undefined);
  const previewCredentialManagement = profile.credentialManagementPreview;
  const tools = [kernelAgent(key), ykman ?? fido2Tools({ path: key.path, previewCredentialManagement })];
  const { attestationRootPem } = key.device;
  const verifiers = [simpleWebAuthn(attestationRootPem), fido2Verify];
  const sitting: Sitting = { profile, attestationRootPem, tools, verifiers, plug: key, tell };
  try {
    for (const tool of tools) {
      if (writers.some((name) => tool.name.startsWith(name))) await crosswise(tool, sitting);
    }
  } finally {
    await ykman?.close();
    await key.unplug();
  }
}

function kernelAgent(key: KernelKey): KeyTool {
  const list = async () => {
    const path = await Promise.race([key.path(), soon()]);
    return path === undefined ? [] : [deviceAt(path)];
  };
  return agentTool({ address: key.path, list });
}

/** How long the list of a guided reset waits for the key before it says that there is none. */
function soon(): Promise<undefined> {
  return new Promise((done) => setTimeout(() => done(undefined), 200));
}

async function anotherYubiKey(): Promise<boolean> {
  return (await listDevices()).some(({ vendorId }) => vendorId === YUBICO);
}
