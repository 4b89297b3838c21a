import { parentPort, workerData } from 'node:worker_threads';
import { LabOrder, type LabReport } from '../report';
import { createBouts } from './bout';
import { makeCast } from './cast';
import { createMemoryMeter } from './memory';
import { createTally } from './tally';

/** The worker: plays bouts until enough frames were sent, and tells what it has found. */

/** Bouts after which memory has settled, and between two looks at it. */
const WARM_UP = 300;
const LOOK_EVERY = 1_000;
/** By then it is clear that the promise does not hold. */
const MOST_VIOLATIONS = 50;

async function main(): Promise<LabReport> {
  const { seed, frames: wanted, first, step, pulse } = LabOrder.parse(workerData);
  const beat = new Int32Array(pulse);
  const [kinds, endings, statuses] = [createTally(), createTally(), createTally()];
  const violations: string[] = [];
  const memory = { begin: 0, most: 0 };
  let frames = 0;
  let bout = first;
  const found = (violation: string): void => void violations.push(`bout ${bout}: ${violation}`);
  process.on('unhandledRejection', (error) => found(`a rejection that nobody hears: ${String(error)}`));
  process.on('warning', (warning) => found(`Node warns: ${warning.message}`));

  const cast = await makeCast();
  const measure = createMemoryMeter();
  const play = createBouts(cast, {
    onFrame(kind) {
      frames += 1;
      kinds.add(kind);
    },
    onEnding: (ending) => endings.add(ending.kind === 'fault' ? ending.code : ending.kind),
    onStatus: (status) => statuses.add(`0x${status.toString(16).padStart(2, '0')}`),
  });
  let bouts = 0;
  for (; frames < wanted && violations.length < MOST_VIOLATIONS; bout += step) {
    Atomics.store(beat, 0, bout);
    Atomics.store(beat, 1, frames);
    for (const violation of await play(seed, bout)) found(violation);
    bouts += 1;
    if (bouts === WARM_UP) memory.begin = measure();
    else if (bouts > WARM_UP && bouts % LOOK_EVERY === 0) memory.most = Math.max(memory.most, measure());
  }
  return {
    frames,
    bouts,
    violations,
    kinds: kinds.counts(),
    endings: endings.counts(),
    statuses: statuses.counts(),
    memory,
  };
}

main().then(
  (report) => parentPort?.postMessage(report),
  (error: unknown) => {
    throw error;
  },
);
