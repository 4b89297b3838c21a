import { execFile, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, quantile, timed } from './figures';

const ROOT = resolve(__dirname, '../..');
const ROUNDS = 5;

const run = promisify(execFile);

async function median(work: () => Promise<unknown>): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) samples.push(await timed(work));
  return quantile(samples, 0.5);
}

/** Loads the deployable bundle as the host's worker does, in a fresh process. */
const loadBundle = () =>
  new Promise<void>((done, failed) => {
    const child = spawn(process.execPath, [join(ROOT, 'infra/build/load-app.cjs'), join(ROOT, 'dist/functions')], {
      stdio: 'ignore',
    });
    child.once('error', failed);
    child.once('exit', (code) =>
      code === 0 ? done() : failed(new Error(`the bundle did not load (${code ?? 'signal'})`)),
    );
  });

/** A new process until it is ready to work, beside an empty one. */
export async function coldStartFigures(): Promise<Figure[]> {
  const peers = await median(() => run(process.execPath, ['-e', '0']));
  const bundle = await median(loadBundle);
  const agent = await median(() => run(process.execPath, [join(ROOT, 'dist/agent/keyvouch-agent.cjs'), '--version']));
  const peer = 'node -e 0';
  return [
    {
      id: 'cold-functions',
      what: 'process start until the bundle has registered its functions',
      ours: bundle,
      peer,
      peers,
    },
    { id: 'cold-agent', what: 'keyvouch-agent --version, whole process', ours: agent, peer, peers },
  ];
}
