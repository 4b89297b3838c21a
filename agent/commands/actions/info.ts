import { type AuthenticatorInfo } from '../../ctap/get-info';
import { inspect, type KeyReport } from '../../operations/inspect';
import { type KeyOptions } from '../options';
import { type Outcome } from '../run-command';
import { type Session } from '../session';
import { algorithmName } from './algorithm-name';
import { getInfoFields, otherFields } from './get-info-fields';
import { pinState } from './pin-state';
import { rows } from './rows';
import { withKey } from './with-key';

/** Everything that one key says of itself. */
export function info(options: KeyOptions, session: Session): Promise<Outcome<'info'>> {
  return withKey(options, session, async (key) => {
    const report = await inspect(key);
    return { document: { ...report, getInfo: getInfoFields(key.info) }, text: forPeople(report, key.info) };
  });
}

const yes = (value: boolean) => (value ? 'yes' : 'no');

function forPeople(report: KeyReport, info: AuthenticatorInfo): string {
  const { device, pin, fingerprint, passkeys, reset } = report;
  return rows([
    ['Key', [device.manufacturer, device.product].filter((word) => word !== null).join(' ') || 'security key'],
    ['Where', device.path],
    ['USB id', device.usbId ?? 'not told'],
    ['Model (AAGUID)', report.aaguid],
    ['Firmware', firmware(report)],
    ['Speaks', report.versions.join(', ')],
    ['PIN', pinState(pin)],
    [
      'PIN length',
      `${pin.minimumLength} to ${pin.maximumLength ?? 63} characters${pin.complexity ? ', not too simple' : ''}`,
    ],
    ['Fingerprint', fingerprintState(fingerprint)],
    ['Passkeys', passkeys.supported ? `room for ${passkeys.roomLeft ?? 'an unknown number'} more` : 'cannot hold any'],
    ['Passkeys can be listed', yes(passkeys.manageable)],
    ['Always verifies', yes(report.alwaysVerify)],
    ['Enterprise attestation', report.enterpriseAttestation],
    ['Extensions', report.extensions.join(', ') || 'none'],
    ['Algorithms', report.algorithms.map(algorithmName).join(', ') || 'not told'],
    ['Transports', report.transports.join(', ') || 'not told'],
    ['Reset', reset.longTouch ? 'by a long touch' : 'by a touch'],
    ['Can blink', yes(report.canWink)],
    ['Options', options(report.options)],
    ...otherFields(info),
    ...Object.entries(report.unknown).map(([name, value]): [string, string] => [`Unknown (${name})`, value]),
  ]);
}

function fingerprintState({ supported, enrolled, retriesLeft }: KeyReport['fingerprint']): string {
  if (!supported) return 'no reader';
  if (!enrolled) return 'none enrolled';
  return retriesLeft === null ? 'enrolled' : `enrolled, ${retriesLeft} tries left`;
}

/** Many makers write the version as one byte a part: 5.7.1 is 0x00050701. */
function firmware({ firmware: version }: KeyReport): string {
  if (typeof version !== 'number') return version ?? 'not told';
  const parts = [version >>> 24, (version >>> 16) & 0xff, (version >>> 8) & 0xff, version & 0xff];
  return version < 0x100 || version > 0xffffffff
    ? String(version)
    : `${version} (${parts.join('.').replace(/^0\./, '')})`;
}

function options(known: Readonly<Record<string, boolean>>): string {
  return Object.entries(known)
    .map(([name, on]) => `${name}=${yes(on)}`)
    .join(', ');
}
