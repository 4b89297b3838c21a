import { deviceAt } from '../../../agent/hid/devices';
import { profiles, startVirtualKey } from '../key/index';
import { agentTool } from './agent-tool';
import { crosswise, type Sitting } from './crosswise';
import { pythonTool } from './python-tool';
import type { Verdict } from './verdict';
import { fido2Verify, simpleWebAuthn } from './verify';

/** The agent and python-fido2 at a key of each model, over its socket: what one writes, the other reads. */
export async function crosswiseOverSocket(tell: (verdict: Verdict) => void): Promise<void> {
  for (const profile of Object.values(profiles)) {
    const key = await startVirtualKey({ touch: 'auto', profile });
    const address = `tcp:127.0.0.1:${key.port}`;
    let plugged = true;
    const agent = agentTool({
      address: async () => address,
      list: async () => (plugged ? [deviceAt(address)] : []),
    });
    const python = pythonTool(async () => ['tcp', '127.0.0.1', key.port]);
    const power = async (on: boolean): Promise<void> => {
      await key.power(on);
      plugged = on;
    };
    const sitting: Sitting = {
      profile,
      attestationRootPem: key.attestationRootPem,
      tools: [agent, python],
      verifiers: [simpleWebAuthn(key.attestationRootPem), fido2Verify],
      plug: { unplug: () => power(false), plug: () => power(true) },
      tell,
    };
    try {
      for (const tool of sitting.tools) await crosswise(tool, sitting);
    } finally {
      await python.close();
      await key.close();
    }
  }
}
