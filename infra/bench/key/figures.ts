import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { bundleAgent } from '../../build/agent';
import { compileAgainstLibfido2, demandPythonFido2, PYTHON, PYTHON_MODULES } from '../../local/judges/tools';
import { type Figure, median } from '../figures';
import { prepareKey } from './agent';
import { type Contestant, type Operation, OPERATIONS, OTHER_PIN, PIN } from './contestant';
import { startCountingRelay } from './counting-relay';
import { harness } from './harness';
import { startKeyProcess } from './key-process';

const ROOT = resolve(__dirname, '../../..');
/** `inARow`: how often a contestant does the same before it is the next one's turn. */
const AS_FAST_AS_IT_GOES = { rounds: 12, warmUp: 6, inARow: 12 };
const AT_USB_PACE = { rounds: 8, warmUp: 2, inARow: 3 };
/** Milliseconds of a report on USB at full speed: real keys know no faster wire. */
const USB_REPORT_MS = 1;
/** Own time per exchange that the agent may take beyond libfido2's, in milliseconds. */
const OVERHEAD_MS = 0.3;
/** A plain socket of Node.js, which understands nothing of what comes. */
const SOCKET = 'a bare Node.js socket';
const WHAT: Readonly<Record<Operation, string>> = {
  open: 'open the key and read getInfo',
  info: 'getInfo',
  pin: 'PIN change',
  register: 'registration with PIN',
  assert: 'assertion with PIN',
  list: 'list of 40 passkeys at 8 sites',
};

/** Medians (ms) and transactions of one operation, by contestant. */
interface Measured {
  readonly ms: Map<string, number>;
  readonly usbMs: Map<string, number>;
  readonly exchanges: Map<string, number>;
  /** libfido2's when it does not ask for the tries left first. */
  readonly bare: number;
}

/**
 * The agent's library (bundled as it is installed), libfido2 and python-fido2 on the same virtual key, each in a process
 * of its own, over its socket. Rounds are interleaved, so that whatever else the machine does hits all alike.
 */
export async function keyFigures(): Promise<Figure[]> {
  await demandPythonFido2();
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-bench-key-'));
  const key = await startKeyProcess();
  try {
    await prepareKey(`tcp:127.0.0.1:${key.port}`);
    const program = await compileAgainstLibfido2(join(__dirname, 'libfido2.c'), join(folder, 'libfido2'));
    const agent = join(folder, 'agent.cjs');
    writeFileSync(agent, (await bundleAgent(ROOT, 'infra/bench/key/agent-program.ts')).code);
    const socket = join(folder, 'socket.cjs');
    writeFileSync(socket, (await bundleAgent(ROOT, 'infra/bench/key/bare-socket.ts')).code);
    const programs = { agent, socket, libfido2: program };
    const counted = await count(key.port, programs);
    const ms = await time(key.port, programs, AS_FAST_AS_IT_GOES);
    const usb = await startCountingRelay(key.port, USB_REPORT_MS);
    const usbMs = await time(usb.port, programs, AT_USB_PACE).finally(() => usb.close());
    return OPERATIONS.flatMap((operation) =>
      figuresOf(operation, { ms: ms(operation), usbMs: usbMs(operation), ...counted(operation) }),
    );
  } finally {
    await key.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the programs lie that were built for this run. */
interface Programs {
  readonly agent: string;
  readonly socket: string;
  readonly libfido2: string;
}

/** Node.js alone, for reading getInfo: what is left of a figure is ours. */
function bareSocket(port: number, { socket }: Programs): Promise<Contestant> {
  return harness(SOCKET, [process.execPath, socket, String(port)]);
}

async function contestants(port: number, programs: Programs): Promise<Contestant[]> {
  const wanted = ['127.0.0.1', String(port), PIN, OTHER_PIN];
  const env = { ...process.env, PYTHONPATH: PYTHON_MODULES, PYTHONDONTWRITEBYTECODE: '1' };
  return [
    await harness('agent', [process.execPath, programs.agent, String(port)]),
    await harness('libfido2', [programs.libfido2, ...wanted]),
    await harness('python-fido2', [PYTHON, join(__dirname, 'python_fido2.py'), ...wanted], env),
  ];
}

/** Medians by contestant, of each operation. */
async function time(
  port: number,
  programs: Programs,
  { rounds, warmUp, inARow }: typeof AS_FAST_AS_IT_GOES,
): Promise<(operation: Operation) => Map<string, number>> {
  const all = [...(await contestants(port, programs)), await bareSocket(port, programs)];
  const samples = new Map<string, number[]>();
  try {
    for (let round = -warmUp; round < rounds; round++) {
      for (const operation of OPERATIONS) {
        for (const contestant of all.filter(({ name }) => name !== SOCKET || operation === 'info')) {
          const name = `${operation} ${contestant.name}`;
          for (let turn = 0; turn < inARow; turn++) {
            const ms = await contestant.run(operation);
            if (round >= 0) samples.set(name, [...(samples.get(name) ?? []), ms]);
          }
        }
      }
    }
  } finally {
    for (const contestant of all) await contestant.close();
  }
  const names = all.map(({ name }) => name);
  return (operation) => new Map(names.map((name) => [name, median(samples.get(`${operation} ${name}`) ?? [])]));
}

/** Once more over a wire that counts; not the run that is timed, because the wire takes time itself. */
async function count(
  port: number,
  programs: Programs,
): Promise<(operation: Operation) => Pick<Measured, 'exchanges' | 'bare'>> {
  const relay = await startCountingRelay(port);
  const all = await contestants(relay.port, programs);
  const counts = new Map<string, number>();
  const taken = (operation: Operation) =>
    Object.values(relay.take()).reduce((sum, one) => sum + one, 0) / (operation === 'pin' ? 2 : 1);
  try {
    for (const contestant of all) {
      // Its opening is not part of what follows.
      await contestant.run('info');
      relay.take();
      for (const operation of OPERATIONS) {
        await contestant.run(operation);
        counts.set(`${operation} ${contestant.name}`, taken(operation));
        await contestant.run(operation, true);
        counts.set(`${operation} ${contestant.name} bare`, taken(operation));
      }
    }
  } finally {
    for (const contestant of all) await contestant.close();
    await relay.close();
  }
  return (operation) => ({
    exchanges: new Map(all.map(({ name }) => [name, counts.get(`${operation} ${name}`) ?? Number.NaN])),
    bare: counts.get(`${operation} libfido2 bare`) ?? Number.NaN,
  });
}

function figuresOf(operation: Operation, { ms, usbMs, exchanges, bare }: Measured): Figure[] {
  const what = WHAT[operation];
  const bareToo = bare === exchanges.get('libfido2') ? '' : ` (${bare} when it does not ask for the tries left)`;
  const beside = (id: string, text: string, values: Map<string, number>, peer: string): Figure => ({
    id: `key-${operation}${id}`,
    what: `${what}${text}`,
    ours: values.get('agent') ?? Number.NaN,
    peer,
    peers: values.get(peer) ?? Number.NaN,
  });
  const fast = beside('', '', ms, 'libfido2');
  const count = beside('-exchanges', ', CTAPHID exchanges', exchanges, 'libfido2');
  const figures: Figure[] = [
    fast,
    beside('-python', '', ms, 'python-fido2'),
    { ...beside('-usb', ", at USB's pace", usbMs, 'libfido2'), goal: { ratio: 1.2 } },
    { ...count, peer: `libfido2${bareToo}`, unit: 'exchanges', goal: { ratio: 1 } },
    { ...beside('-exchanges-python', ', CTAPHID exchanges', exchanges, 'python-fido2'), unit: 'exchanges' },
    // Over a bare socket nothing waits for a wire, and a program in C is as fast as the machine wakes it: what is promised
    // there is our own time.
    {
      id: `key-${operation}-overhead`,
      what: `${what}, own time of each exchange beyond libfido2's whole time`,
      ours: Math.max(0, fast.ours - fast.peers) / count.ours,
      peer: "libfido2's whole exchange",
      peers: fast.peers / count.peers,
      goal: { most: OVERHEAD_MS },
    },
  ];
  if (operation === 'info') figures.push(beside('-socket', '', ms, SOCKET));
  // Opening and closing a socket is in no key's life: of that, only the exchanges are promised.
  if (operation !== 'open') return figures;
  return figures.map(({ goal, ...figure }) => (figure.unit === 'exchanges' && goal ? { ...figure, goal } : figure));
}
