import { Command, toReports } from '../../../local/key/hid/packet';
import { type HidPort } from '../../../local/key';
import { keyGone } from '../../../../agent/hid/faults';
import { type Device } from '../../../../agent/hid/devices';
import { type Delivery, type Passing } from '../bend/bend-wire';
import { signatureOf } from './book';
import { createMessages } from './messages';
import { type KeyEnd } from './replay-key';
import { later, virtualNow } from './virtual-time';
import { type Watch } from './watch';

/** Keepalives come at once, answers after this. Milliseconds. */
const ANSWER_MS = 2;
const KEEPALIVE_CANCEL = Buffer.of(0x2d);

/** What goes wrong on a line. Each is asked at its time; undefined lets pass what is there. */
export interface Sabotage {
  /** `asked`: the signature of what the agent said last. */
  answer(passing: Passing, asked: string): Iterable<Delivery> | undefined;
  /** A report of the agent's: taken, refused by the system, or neither for ever. */
  write(): 'taken' | 'refused' | 'stuck';
  /** Whether a key that does not end what it does hears CANCEL. */
  hearsCancel(): boolean;
}

/** A key in the port of this machine, which can be pulled out. */
export interface PluggedKey {
  readonly device: Device;
  readonly plugged: boolean;
  pull(): void;
  plug(): void;
  /** No more of what is still on its way. */
  hush(): void;
}

/** Puts a key behind a line on which things go wrong. */
export function plugIn(path: string, key: KeyEnd, sabotage: Sabotage, watch: Watch): PluggedKey {
  let plugged = true;
  /** One number for each time that the line fell silent: what belongs to an older one is not delivered. */
  let age = 0;
  const pulls = new Set<() => void>();
  const pull = (): void => {
    if (!plugged) return;
    plugged = false;
    for (const each of [...pulls]) each();
    key.power?.(false);
  };

  const device: Device = {
    path,
    async open({ onReport, onGone }) {
      if (!plugged) throw keyGone();
      watch.opened();
      let isOpen = true;
      let pumps = 0;
      let asked = '';
      const give = (report: Uint8Array): void => {
        watch.delivered(report);
        onReport(report);
      };
      const shut = (): void => {
        if (!isOpen) return;
        isOpen = false;
        pulls.delete(gone);
        port.detach();
        watch.closed();
      };
      const gone = (): void => {
        shut();
        onGone();
      };
      pulls.add(gone);

      /** Delivers one after the other, each when its time has come. */
      const pump = (deliveries: Iterable<Delivery>): void => {
        const rest = deliveries[Symbol.iterator]();
        const [mine, run] = [age, pumps];
        let at = virtualNow() + ANSWER_MS;
        const next = (): void => {
          for (;;) {
            const item = rest.next();
            if (item.done) return;
            const { wait, what } = item.value;
            at += wait;
            const deliver = (): boolean => {
              if (!isOpen || mine !== age || run !== pumps) return false;
              if (what === 'unplug') pull();
              else give(what);
              return true;
            };
            if (at > virtualNow()) {
              later(() => {
                if (deliver()) next();
              }, at - virtualNow());
              return;
            }
            if (!deliver()) return;
          }
        };
        later(next, ANSWER_MS);
      };

      const whole = createMessages((passing) => {
        if (passing.command === Command.KEEPALIVE) {
          for (const report of toReports(passing.cid, passing.command, passing.message)) give(report);
          return;
        }
        const whole = toReports(passing.cid, passing.command, passing.message).map((what) => ({ wait: 0, what }));
        pump(sabotage.answer(passing, asked) ?? whole);
      });
      const port: HidPort = key.attach(whole);
      const hear = createMessages(({ cid, command, message }) => {
        asked = signatureOf(command, message);
        if (command !== Command.CANCEL || !sabotage.hearsCancel()) return;
        pumps += 1;
        pump(toReports(cid, Command.CBOR, KEEPALIVE_CANCEL).map((what) => ({ wait: 0, what })));
      });

      return {
        async write(report) {
          if (!isOpen) throw keyGone();
          watch.wrote(report);
          const how = sabotage.write();
          if (how === 'refused') {
            pull();
            throw keyGone();
          }
          if (how === 'stuck') return new Promise(() => undefined);
          hear(report);
          port.receive(report);
          return undefined;
        },
        async close() {
          shut();
        },
      };
    },
  };
  return {
    device,
    get plugged() {
      return plugged;
    },
    pull,
    plug() {
      if (plugged) return;
      plugged = true;
      key.power?.(true);
    },
    hush: () => void (age += 1),
  };
}
