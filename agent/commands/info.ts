import { type Command } from 'commander';
import { findKey } from '../operations/find-key';
import { inspect, type KeyReport } from '../operations/inspect';
import { printable } from '../operations/printable';
import { terminalPrompts } from '../terminal/prompts';
import { runCommand } from '../terminal/run-command';
import { algorithmName } from './algorithm-name';
import { deviceOption } from './device-option';
import { pinState } from './keys';

/** Adds `info`: everything that one security key says of itself. */
export function addInfo(program: Command): void {
  program
    .command('info')
    .description('show what a security key can do and how it is set up; needs no PIN')
    .addOption(deviceOption())
    .option('--json', 'print JSON for programs')
    .action((options: { device: string[]; json?: true }) => runCommand(() => info(options)));
}

async function info({ device, json }: { device: string[]; json?: true }): Promise<void> {
  const key = await findKey({ prompts: terminalPrompts(), addresses: device });
  try {
    const report = await inspect(key);
    console.log(json ? JSON.stringify(report, null, 2) : forPeople(report));
  } finally {
    await key.close();
  }
}

function forPeople(report: KeyReport): string {
  const { device, pin, fingerprint, passkeys, reset } = report;
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  const rows: [string, string][] = [
    ['Key', [device.manufacturer, device.product].filter((word) => word !== null).join(' ') || 'security key'],
    ['Where', device.path],
    ['Model (AAGUID)', report.aaguid],
    ['Firmware', String(report.firmware ?? 'not told')],
    ['Speaks', report.versions.join(', ')],
    ['PIN', pinState(pin)],
    [
      'PIN length',
      `${pin.minimumLength} to ${pin.maximumLength ?? 63} characters${pin.complexity ? ', not too simple' : ''}`,
    ],
    ['Fingerprint', !fingerprint.supported ? 'no reader' : fingerprint.enrolled ? 'enrolled' : 'none enrolled'],
    ['Passkeys', passkeys.supported ? `room for ${passkeys.roomLeft ?? 'an unknown number'} more` : 'cannot hold any'],
    ['Passkeys can be listed', yes(passkeys.manageable)],
    ['Always verifies', yes(report.alwaysVerify)],
    ['Enterprise attestation', report.enterpriseAttestation],
    ['Extensions', report.extensions.join(', ') || 'none'],
    ['Algorithms', report.algorithms.map(algorithmName).join(', ') || 'not told'],
    ['Transports', report.transports.join(', ') || 'not told'],
    ['Reset', reset.longTouch ? 'by a long touch' : 'by a touch'],
    [
      'Options',
      Object.entries(report.options)
        .map(([name, on]) => `${name}=${yes(on)}`)
        .join(', '),
    ],
    ...Object.entries(report.unknown).map(([name, value]): [string, string] => [`Unknown (${name})`, value]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${printable(name).padEnd(width)}  ${printable(value)}`).join('\n');
}
