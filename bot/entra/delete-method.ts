import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';
import { type Graph } from './client/graph';

/** DELETE of an authentication method: that it is gone already is what was wanted. */
export async function deleteMethod(
  graph: Graph,
  { operation, path }: { operation: string; path: string },
): Promise<'deleted' | 'gone'> {
  try {
    await graph.ask({ operation, method: 'DELETE', path, repeat: 'repeatable' }, z.unknown());
    return 'deleted';
  } catch (error) {
    if (error instanceof Fault && error.code === 'graph-not-found') return 'gone';
    throw error;
  }
}
