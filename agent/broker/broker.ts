import { createServer, type Server, type Socket } from 'node:net';
import { type Device, listHidDevices } from '../hid/devices';
import { type BrokerUser } from './broker-user';
import { brokerCannotStart, brokerRunsAlready } from './faults';
import { handOverSocket, leaveMeetingPlace, prepareMeetingPlace } from './meeting-place';
import { rendezvous, type Rendezvous } from './rendezvous';
import { type BrokerTimes, type ServedConnection, serveConnection } from './serve-connection';

export interface BrokerOptions {
  user: BrokerUser;
  /** Addresses from `--device`; none means every key that is plugged in. */
  addresses?: readonly string[];
  place?: Rendezvous;
  times?: Partial<BrokerTimes>;
  /** A line for the log. */
  say?: (line: string) => void;
  /** Replaces the operating system's list, for tests. */
  list?: () => Promise<Device[]>;
}

/** A broker at work. */
export interface Broker {
  readonly place: Rendezvous;
  /** Ends every connection and takes the meeting place away. May be called twice. */
  close(): Promise<void>;
}

const TIMES: BrokerTimes = { handshakeMs: 3000, waitingMs: 30_000, idleMs: 600_000 };
/** One agent opens each plugged-in key once, to let the person choose by touch. */
const MOST_CONNECTIONS = 16;
/** A socket path of this length or more does not fit into the system's address (sun_path). */
const MOST_PATH_BYTES = 104;

/**
 * Opens security keys on behalf of one user who may not: whoever proves to be that user gets, over a local socket or pipe,
 * the raw line of one FIDO key, and nothing else of this machine. What goes over the line stays between agent and key:
 * a PIN is encrypted by the agent for the key.
 *
 * @throws Fault `device-broker-cannot-start`, `device-broker-runs-already`
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { user, addresses = [], place = rendezvous(user.id), say = () => undefined } = options;
  const list = options.list ?? (() => listHidDevices(addresses));
  const times = { ...TIMES, ...options.times };
  if (user.owner && Buffer.byteLength(place.socket) >= MOST_PATH_BYTES) {
    throw brokerCannotStart(`the path ${place.socket} is too long`, 'Name a shorter one with KEYVOUCH_BROKER_DIR.');
  }
  const secret = await prepareMeetingPlace(place, user);
  const connections = new Set<ServedConnection>();
  const server = createServer((socket: Socket) => {
    if (connections.size >= MOST_CONNECTIONS) {
      say('refused: too many connections');
      socket.destroy();
      return;
    }
    const connection = serveConnection(socket, { secret, list, times, say });
    connections.add(connection);
    void connection.over.then(() => connections.delete(connection));
  });
  try {
    await listen(server, place, user);
  } catch (error) {
    await leaveMeetingPlace(place, user);
    throw error;
  }
  // A connection that the system could not give us is no reason to stop.
  server.on('error', (error) => say(`could not accept: ${error.message}`));
  say(`serves ${user.name} at ${place.socket}`);

  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([...connections].map((connection) => connection.close()));
    await closed;
    await leaveMeetingPlace(place, user);
  };
  return { place, close: () => (closing ??= closeAll()) };
}

async function listen(server: Server, place: Rendezvous, user: BrokerUser): Promise<void> {
  // Until it is handed over, the socket is nobody's but ours.
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // A Windows pipe that only its maker may open would be of no use; who opens it still has to prove who it is.
      server.listen({ path: place.socket, readableAll: !user.owner, writableAll: !user.owner }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    await handOverSocket(place, user);
  } catch (cause) {
    server.close();
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw brokerRunsAlready(place.socket);
    throw brokerCannotStart(`${place.socket} cannot be listened on`, 'Start it as administrator (root).', cause);
  } finally {
    process.umask(mask);
  }
}
