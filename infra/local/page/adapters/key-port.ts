import { EventEmitter } from 'node:events';
import { type VirtualKey } from '../../key';
import { type KeyPort } from '../ports';

/** The virtual key as the page shows it. @param model What is printed on it. */
export function keyPort(key: VirtualKey, model: string): KeyPort {
  const events = new EventEmitter();
  let plugged = true;
  key.onLight(() => events.emit('changed'));
  return {
    state: () => ({ plugged, light: key.light(), model }),
    touch: () => key.touch(),
    power: async (on) => {
      await key.power(on);
      plugged = on;
      events.emit('changed');
    },
    subscribe: (changed) => {
      events.on('changed', changed);
      return () => void events.off('changed', changed);
    },
  };
}
