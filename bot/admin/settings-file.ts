import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Fault } from '../../agent/protocol/fault';

/** Settings by name; or the list that `az functionapp config appsettings list` prints. */
const SettingsFile = z
  .record(z.string())
  .or(
    z
      .array(z.object({ name: z.string(), value: z.string().nullable() }))
      .transform((list) => Object.fromEntries(list.map(({ name, value }) => [name, value ?? '']))),
  )
  // What Azure sets for itself is none of our business here, and would shut the sandbox's doors.
  .transform((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('KEYVOUCH_'))));

/** @throws Fault `settings-file-unreadable` that does not repeat what is in the file */
export function readSettingsFile(path: string): Record<string, string> {
  try {
    return SettingsFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Fault({
      code: 'settings-file-unreadable',
      say: `The settings could not be read from ${path}.`,
      todo: 'Give a JSON file: the settings by name, or what "az functionapp config appsettings list" prints.',
      cause: error,
    });
  }
}
