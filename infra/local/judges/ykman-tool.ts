import { join } from 'node:path';
import { z } from 'zod';

import { startJsonLines } from './json-lines';
import type { KeyTool } from './tool';
import { PYTHON } from './tools';

/**
 * Yubico's ykman, at the one key of Yubico's vendor id that is plugged in. It takes PINs as arguments; it neither makes
 * passkeys nor configures the key in this version.
 */
export function ykmanTool(fingerprints: boolean): KeyTool & { close(): Promise<void> } {
  const ykman = startJsonLines('ykman', [PYTHON, '-B', join(__dirname, 'ykman_tool.py')]);
  const ask = async (args: readonly string[], input = '', onNote?: (note: string) => void): Promise<string> =>
    z.string().parse(await ykman.ask({ args: ['fido', ...args], input }, onNote));
  const tell = (...args: string[]): Promise<unknown> => ask(args);
  const lines = async (...args: string[]) => (await ask(args)).split('\n').filter((line) => line !== '');

  const credentials = async (pin: string) =>
    (await lines('credentials', 'list', '--pin', pin)).map((line) => {
      const [rpId = '', , ...name] = line.split(' ');
      return { rpId, name: name.join(' ') };
    });
  const tool: KeyTool = {
    name: 'ykman 4.0.9',
    info: async () => {
      const text = await ask(['info']);
      const alwaysUv = /Always Require User Verification is turned (on|off)/.exec(text)?.[1];
      const options = alwaysUv === undefined ? {} : { alwaysUv: alwaysUv === 'on' };
      return { options, pinSet: !text.includes('PIN is not set.') };
    },
    setPin: (pin) => tell('access', 'change-pin', '--new-pin', pin),
    changePin: (from, to) => tell('access', 'change-pin', '--pin', from, '--new-pin', to),
    checkPin: (pin) => tell('access', 'verify-pin', '--pin', pin),
    sites: async (pin) => [...new Set((await credentials(pin)).map(({ rpId }) => rpId))],
    passkeys: async (pin, site) =>
      (await credentials(pin)).filter(({ rpId }) => rpId === site).map(({ name }) => ({ name })),
    remove: (pin, { rpId }) => tell('credentials', 'delete', rpId, '--pin', pin, '--force'),
    reset: async ({ unplug, plug }) => {
      let hands: Promise<void> | undefined;
      const replug = async (): Promise<void> => {
        await unplug();
        // It looks twice a second whether the key is gone.
        await new Promise((done) => setTimeout(done, 2_000));
        await plug();
      };
      await ask(['reset'], 'y\n', (line) => {
        if (line.includes('Remove and re-insert')) hands ??= replug();
      });
      if (hands === undefined) throw new Error('it did not ask to re-insert the key');
      await hands;
    },
  };
  const fingers: Partial<KeyTool> = {
    fingerprints: async (pin) =>
      (await lines('fingerprints', 'list', '--pin', pin)).map((line) => {
        const [, id = '', name = ''] = /^ID: ([0-9a-f]+)(?: \((.*)\))?$/.exec(line) ?? [];
        return { id, name };
      }),
    enrol: (pin, name) => tell('fingerprints', 'add', name, '--pin', pin),
    renameFingerprint: (pin, id, name) => tell('fingerprints', 'rename', id, name, '--pin', pin),
    removeFingerprint: (pin, id) => tell('fingerprints', 'delete', id, '--pin', pin, '--force'),
  };
  return { ...tool, ...(fingerprints ? fingers : {}), close: () => ykman.close() };
}
