import { createVirtualDevice, freshState, memoryStore, modern } from '../key/index';
import { KEY_NAME, kernelChecks, type Bench } from './checks';
import { plugIntoKernel } from './uhid';

/**
 * Runs on a kernel with /dev/uhid, on this machine or in the microVM: plugs a virtual key in and lets the agent's own
 * operations, node-hid and libfido2 use it. Prints one line "PASS name" or "FAIL name: why" for each check.
 *
 * @returns how many checks failed
 */
export async function kernelTest(print: (line: string) => void): Promise<number> {
  const device = await createVirtualDevice({ profile: modern, store: memoryStore(freshState(modern)), touch: 'auto' });
  const bench: Bench = { device, plug: plugIntoKernel(device, KEY_NAME) };
  let failed = 0;
  for (const check of kernelChecks) {
    try {
      await check.run(bench);
      print(`PASS ${check.name}`);
    } catch (error) {
      failed += 1;
      print(`FAIL ${check.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  bench.plug.unplug();
  return failed;
}
