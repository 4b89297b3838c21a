import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

/** Bytes in use in this thread when all garbage is collected: its heap, and what its buffers hold outside. */
export function createMemoryMeter(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = z.function().args().returns(z.void()).parse(runInNewContext('gc'));
  return () => {
    collect();
    const { used_heap_size: heap, external_memory: outside } = getHeapStatistics();
    return heap + outside;
  };
}
