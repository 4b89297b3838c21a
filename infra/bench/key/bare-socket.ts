import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { BROADCAST_CID, CTAPHID } from '../../../agent/hid/commands';
import { toReports } from '../../../agent/hid/frames';
import { CTAP2 } from '../../../agent/ctap/ctap';

/**
 * A contestant that understands nothing: it asks for getInfo over a plain socket and waits for as many bytes as came
 * the first time. What it takes is Node.js alone; no program in Node.js can be faster. See harness.ts for what it reads
 * and prints.
 */
async function main(): Promise<void> {
  const [port = ''] = process.argv.slice(2);
  const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
  let received = Buffer.alloc(0);
  let waiting: { bytes: number; done: () => void } | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (waiting && received.length >= waiting.bytes) waiting.done();
  });
  const ask = async (report: Uint8Array, bytes: number): Promise<Buffer> => {
    received = Buffer.alloc(0);
    await new Promise<void>((done) => {
      waiting = { bytes, done };
      socket.write(report);
    });
    return received;
  };
  const [init = new Uint8Array()] = toReports(BROADCAST_CID, CTAPHID.INIT, new Uint8Array(8));
  const cid = (await ask(init, 64)).readUInt32BE(15);
  const [request = new Uint8Array()] = toReports(cid, CTAPHID.CBOR, Uint8Array.of(CTAP2.getInfo));
  await ask(request, 64);
  // All of the first answer, however long it is.
  await new Promise((done) => setTimeout(done, 200));
  const whole = received.length;
  console.log('0');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'info') throw new Error(`There is no operation "${line}" here.`);
    const start = performance.now();
    await ask(request, whole);
    console.log((performance.now() - start).toFixed(4));
  }
  socket.destroy();
}

main().catch((error: unknown) => {
  console.log(`error ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
