import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker, type Broker, type BrokerOptions } from './broker';
import { brokerUser } from './broker-user';
import { rendezvous, type Rendezvous } from './rendezvous';

/** A meeting place of its own for each test, and the brokers in it. */
export interface Meeting {
  readonly root: string;
  /** Where the broker for whoever runs the test would be. */
  readonly place: Rendezvous;
  /** Starts a broker for whoever runs the test. */
  start(options?: Partial<BrokerOptions>): Promise<Broker>;
  /** What the brokers logged. */
  readonly log: string[];
  end(): Promise<void>;
}

export function newMeeting(): Meeting {
  const root = mkdtempSync(join(tmpdir(), 'kv-broker-'));
  chmodSync(root, 0o711);
  const uid = String(process.getuid?.());
  const place = rendezvous(uid, { platform: process.platform, env: { KEYVOUCH_BROKER_DIR: root } });
  const brokers: Broker[] = [];
  const log: string[] = [];
  return {
    root,
    place,
    log,
    async start(options = {}) {
      const user = await brokerUser(uid);
      const broker = await startBroker({ user, place, say: (line) => void log.push(line), ...options });
      brokers.push(broker);
      return broker;
    },
    async end() {
      await Promise.all(brokers.map((broker) => broker.close()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
