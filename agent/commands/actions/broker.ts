import { once } from 'node:events';
import { startBroker } from '../../broker/broker';
import { brokerUser } from '../../broker/broker-user';
import { BROKER_SCHEME } from '../../broker/rendezvous';
import { Fault } from '../../protocol/fault';
import { inert } from '../../terminal/inert';
import { exitStatus } from '../exit-status';

/** Serves one user until it is interrupted. What it does is told on stderr, a line each; nothing of what it carries. */
export async function serveUser(options: { for: string; device: string[] }): Promise<void> {
  const say = (line: string) => console.error(`keyvouch broker: ${inert(line)}`);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    refuseChains(options.device);
    const broker = await startBroker({ user: await brokerUser(options.for), addresses: options.device, say });
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    await broker.close();
    say('ended');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    console.error(`${inert(error.say)}\n${inert(error.todo)} (${error.code})`);
    process.exitCode = exitStatus(error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** A broker behind a broker would stand between the key and whoever trusts the first one. */
function refuseChains(addresses: readonly string[]): void {
  const chained = addresses.find((address) => address.startsWith(BROKER_SCHEME));
  if (chained === undefined) return;
  throw new Fault({
    code: 'device-address-wrong',
    say: `A broker opens keys itself; it cannot take "${chained}" from another one.`,
    todo: 'Name a path of the operating system, or leave --device out.',
  });
}
