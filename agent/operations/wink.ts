import { performance } from 'node:perf_hooks';
import { Fault } from '../protocol/fault';
import { type Key } from './key';

/**
 * Lets the key blink, so that a person sees which one it is (CTAPHID_WINK, CTAP 2.1 §11.2.9.2.1).
 *
 * @throws Fault `key-cannot-wink`
 */
export async function wink(key: Pick<Key, 'channel'>): Promise<void> {
  if (await key.channel.wink()) return;
  throw new Fault({
    code: 'key-cannot-wink',
    say: 'This model of security key cannot blink on demand.',
    todo: 'Unplug the others, or start something that asks for a touch: then it blinks.',
  });
}

/**
 * Has the key send back these bytes unchanged (CTAPHID_PING, CTAP 2.1 §11.2.9.1.4).
 *
 * @returns milliseconds there and back
 * @throws Fault `key-malformed` where they came back changed, `key-request-too-large` beyond 7609 bytes
 */
export async function ping(key: Pick<Key, 'channel'>, bytes: Uint8Array): Promise<number> {
  const start = performance.now();
  await key.channel.ping(bytes);
  return performance.now() - start;
}
