import { type Finding, notChecked, ok, stop } from './finding';
import { type Hidraw } from './hidraw';
import { grantsAccess, UDEV_INSTALL, UDEV_RULE_PATH } from './udev-rule';

const MEND = `As root, put this rule into ${UDEV_RULE_PATH}; then unplug the key and plug it in again.`;

/**
 * Whether this user may open the keys that the kernel sees (Linux).
 * @param rules The texts of udev's rule files; undefined where there is no udev
 * @param brokered Whether a broker opens keys for this user
 */
export function hidAccessCheck(
  keys: readonly Hidraw[],
  rules: readonly string[] | undefined,
  brokered = false,
): Finding[] {
  if (keys.length === 0) return [withoutKey(rules)];
  return keys.map(({ path, access }) => ({ ...accessTo(path, access, brokered), device: path }));
}

function accessTo(path: string, access: Hidraw['access'], brokered: boolean): Finding {
  if (access !== 'yes' && brokered) return ok('hid-access', `The Keyvouch broker opens the security key at ${path}.`);
  if (access === 'yes') return ok('hid-access', `You may open the security key at ${path}.`);
  if (access === 'no') {
    return { ...stop('hid-access', `You may not open the security key at ${path}.`, MEND), copy: UDEV_INSTALL };
  }
  return stop(
    'hid-access',
    `The kernel sees a security key, but there is no ${path} here.`,
    'In a container or a sandbox, pass the device in; otherwise ask your helpdesk whether udev runs.',
  );
}

/** Without a key, the rules tell what will happen once there is one. */
function withoutKey(rules: readonly string[] | undefined): Finding {
  if (!rules) return notChecked('hid-access', 'Who may open security keys is not checked: no key, and no udev here.');
  if (rules.some(grantsAccess)) {
    return ok('hid-access', 'A udev rule lets whoever sits at this machine open security keys.');
  }
  return {
    ...stop('hid-access', 'No udev rule lets users of this machine open security keys.', MEND),
    copy: UDEV_INSTALL,
  };
}
