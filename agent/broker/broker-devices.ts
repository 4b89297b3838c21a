import { type Device } from '../hid/devices';
import { type OpenTransport } from '../hid/transport';
import { Fault } from '../protocol/fault';
import { connectToBroker } from './connect';
import { BROKER_SCHEME, ownRendezvous, type Rendezvous } from './rendezvous';

/**
 * Lists the keys that the broker offers.
 *
 * @throws Fault `device-broker-missing`, `device-broker-not-trusted`, `device-broker-refused`
 */
export async function listBrokerDevices(place: Rendezvous = ownRendezvous()): Promise<Device[]> {
  const broker = await connectToBroker(place);
  try {
    const found = await broker.list();
    return found.map(({ path, product, manufacturer, vendorId, productId }) => ({
      path: `${BROKER_SCHEME}${path}`,
      open: brokerTransport(path, place),
      ...(product === undefined ? {} : { product }),
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(vendorId === undefined ? {} : { vendorId }),
      ...(productId === undefined ? {} : { productId }),
    }));
  } finally {
    await broker.close();
  }
}

/** The keys of the broker where there is one; a place that a stopped broker left behind counts as none. */
export async function findBrokerDevices(place: Rendezvous = ownRendezvous()): Promise<Device[]> {
  return listBrokerDevices(place).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'device-broker-missing') return [];
    throw error;
  });
}

/** A key behind the broker, by the path that it has there. */
export function brokerTransport(path: string, place: Rendezvous = ownRendezvous()): OpenTransport {
  return async (events) => {
    const broker = await connectToBroker(place);
    try {
      return await broker.open(path, events);
    } catch (error) {
      await broker.close();
      throw error;
    }
  };
}
