import { createInterface } from 'node:readline';
import { agentContestant } from './agent';
import { OPERATIONS } from './contestant';

/** The contestant as a program, like libfido2's and python-fido2's: see harness.ts for what it reads and prints. */
async function main(): Promise<void> {
  const [port = ''] = process.argv.slice(2);
  const agent = await agentContestant(`tcp:127.0.0.1:${port}`);
  console.log('0');
  for await (const line of createInterface({ input: process.stdin })) {
    const operation = OPERATIONS.find((one) => line === one || line === `bare ${one}`);
    if (!operation) throw new Error(`There is no operation "${line}".`);
    console.log((await agent.run(operation)).toFixed(4));
  }
  await agent.close();
}

main().catch((error: unknown) => {
  console.log(`error ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
