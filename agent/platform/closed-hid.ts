import { brokerIsThere } from '../broker/broker-is-there';
import { Fault } from '../protocol/fault';
import { isElevated } from './elevation';

/** What decides whether this process may speak with a key itself; replaced in tests. */
export interface HidSurroundings {
  platform: NodeJS.Platform;
  elevated: () => Promise<boolean>;
  broker: () => boolean;
}

const here: HidSurroundings = { platform: process.platform, elevated: isElevated, broker: brokerIsThere };

/**
 * Whether the system keeps FIDO HID from this user: Windows does (since 10 1903) without an administrator's rights, and
 * where no broker opens it. Whoever names a `--device` has another way.
 */
export async function isHidClosed(
  addresses: readonly string[],
  { platform, elevated, broker }: HidSurroundings = here,
): Promise<boolean> {
  if (platform !== 'win32' || addresses.length > 0) return false;
  return !broker() && !(await elevated());
}

/**
 * Refuses at once what needs the key's own line where it is closed: who waited for a key to be plugged in would wait for
 * ever, because Windows shows none.
 *
 * @param find What the key would be looked for with: the addresses of `--device`
 * @throws Fault `key-access-denied`
 */
export async function refuseClosedHid(
  { addresses = [] }: { addresses?: readonly string[] },
  surroundings?: HidSurroundings,
): Promise<void> {
  if (await isHidClosed(addresses, surroundings)) throw hidClosed();
}

export function hidClosed(): Fault {
  return new Fault({
    code: 'key-access-denied',
    say: 'Windows lets only administrators open security keys directly; other users can only register one.',
    todo: 'Have an administrator start the broker for you (keyvouch-agent broker --for USER), or use a desk workstation.',
    facts: { platform: 'win32' },
  });
}
