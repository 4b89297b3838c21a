import { deviceAt } from '../../../agent/hid/devices';
import { profiles, startVirtualKey, type VirtualKey } from '../key/index';
import { agentTool } from './agent-tool';
import { crosswise } from './crosswise';
import type { KeyTool } from './tool';
import type { Verdict } from './verdict';

let key: VirtualKey;
beforeEach(async () => {
  key = await startVirtualKey({ touch: 'auto', profile: profiles.older });
});
afterEach(() => key.close());

/** The sitting of one writer, with the agent as the only reader; on the model with the fewest steps. */
async function sit(change: (agent: KeyTool) => KeyTool): Promise<Verdict[]> {
  const address = `tcp:127.0.0.1:${key.port}`;
  let plugged = true;
  const agent = agentTool({ address: async () => address, list: async () => (plugged ? [deviceAt(address)] : []) });
  const power = async (on: boolean): Promise<void> => {
    await key.power(on);
    plugged = on;
  };
  const verdicts: Verdict[] = [];
  await crosswise(change(agent), {
    profile: profiles.older,
    attestationRootPem: key.attestationRootPem,
    tools: [agent],
    verifiers: [],
    plug: { unplug: () => power(false), plug: () => power(true) },
    tell: (verdict) => void verdicts.push(verdict),
  });
  return verdicts;
}

const outcomes = (verdicts: Verdict[], operation: string) =>
  verdicts.filter((one) => one.operation === operation).map(({ outcome }) => outcome);

test('a tool that does what it says passes, and leaves the key as from the factory', async () => {
  const verdicts = await sit((agent) => agent);
  expect(verdicts.filter(({ outcome }) => outcome !== 'PASS')).toEqual([]);
  expect(verdicts.length).toBeGreaterThan(20);
  expect(key.condition()).toMatchObject({ pinSet: false, credentials: 0, fingerprints: 0 });
}, 60_000);

test('a tool that only says so is found out by the one that reads', async () => {
  const verdicts = await sit((agent) => ({
    ...agent,
    name: 'liar',
    remove: async () => undefined,
    removeFingerprint: async () => undefined,
  }));
  expect(outcomes(verdicts, 'delete passkey')).toEqual(['PASS']);
  expect(outcomes(verdicts, 'list no passkey')).toEqual(['FAIL']);
  expect(outcomes(verdicts, 'list no fingerprint')).toEqual(['FAIL']);
}, 60_000);

test('what a tool has no way to do is unknown, and somebody else does it so that the rest can be seen', async () => {
  const verdicts = await sit(({ info, checkPin, reset }) => ({
    name: 'reader',
    info,
    ...(checkPin && { checkPin }),
    ...(reset && { reset }),
  }));
  expect(outcomes(verdicts, 'register')).toEqual(['unknown']);
  expect(outcomes(verdicts, 'list passkeys')).toEqual(['PASS']);
  expect(outcomes(verdicts, 'reset')).toEqual(['PASS']);
}, 60_000);
