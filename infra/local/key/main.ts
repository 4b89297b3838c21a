import { Command, InvalidArgumentError, Option } from 'commander';

import { profiles, startVirtualKey, type KeyEvent, type ProfileName } from './index';
import type { Address } from './listen';

/** HOST:PORT, [V6]:PORT or just :PORT. */
function address(value: string): Address {
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(value) ?? [];
  if (port === '' || Number(port) > 65_535)
    throw new InvalidArgumentError('must be HOST:PORT; port 0 lets the system choose');
  return { host: host.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1', port: Number(port) };
}

interface Options {
  listen: Address;
  control?: Address;
  state?: string;
  touch: 'auto' | 'manual';
  profile: ProfileName;
  verbose?: true;
}

const program = new Command('key')
  .description(
    'A virtual FIDO2 security key: raw 64-byte CTAPHID reports over TCP. For tests; its keys protect nothing.',
  )
  .addOption(
    new Option('--listen <host:port>', 'where reports are spoken')
      .argParser(address)
      .default({ host: '127.0.0.1', port: 0 }, 'a free port, for this machine alone'),
  )
  .option(
    '--control <host:port>',
    'HTTP: /touch/on|off, /finger/good|partial|nomatch|…, /power/on|off, /state',
    address,
  )
  .option('--state <file>', 'keep PIN, credentials and attestation in this file')
  .addOption(new Option('--touch <how>', 'who touches the key').choices(['auto', 'manual']).default('manual'))
  .addOption(new Option('--profile <name>', 'which model to be').choices(Object.keys(profiles)).default('modern'))
  .option('--verbose', 'print each command and each change of the light')
  .addHelpText('after', () => {
    const lines = Object.values(profiles).map(
      ({ name, model, versions }) => `  ${name.padEnd(12)} ${model} (${versions.join(', ')})`,
    );
    return `\nModels:\n${lines.join('\n')}`;
  })
  .action(async (options: Options) => {
    const key = await startVirtualKey({
      listen: options.listen,
      touch: options.touch,
      profile: options.profile,
      ...(options.control === undefined ? {} : { control: options.control }),
      ...(options.state === undefined ? {} : { stateFile: options.state }),
      ...(options.verbose === undefined ? {} : { onEvent: print }),
    });
    console.log(`virtual key ${key.aaguid} on ${options.listen.host}:${key.port}, control port ${key.controlPort}`);
    const stop = (): void => void key.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });

function print(event: KeyEvent): void {
  console.log(JSON.stringify(event));
}

program.parseAsync().catch((error: unknown) => {
  console.error(`key: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
