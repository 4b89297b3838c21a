import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a code that a person may see is written: `code: 'graph-timeout'`, `refused('not-yours')`, `refusal('…')`. */
const CODE = /(?:\bcode: |\brefused\(|\brefusal\()'([a-z]+(?:-[a-z]+)+)'/g;
const TEST = /\.(test|fixture)\.ts$/;
/** The rooms that speak in a terminal alone. */
const TERMINAL = /^(bot\/admin|agent\/(admin|commands|doctor|broker|terminal))\/|^agent\/main\.ts$/;

/** Said in a terminal, in the setup or to another program, where the words of cards are not used. */
const ELSEWHERE = new Set([
  ...['bot-not-configured', 'bad-request', 'no-terminal', 'no-answer', 'ca-unreadable', 'service-redirects'],
  ...['service-keys-odd', 'data-unreadable', 'data-unwritable', 'agent-runs-already', 'service-address-wrong'],
  ...['device-address-wrong', 'pairing-code-odd', 'not-paired', 'key-cannot-wink', 'key-cannot-rename'],
  ...['blob-none', 'blob-too-large', 'key-no-large-blobs', 'passkey-without-blob', 'key-no-such-fingerprint'],
  ...['fingerprint-name-empty', 'fingerprint-name-too-long', 'pin-minimum-invalid', 'pin-minimum-lower'],
  ...['pin-minimum-sites', 'service-busy', 'workstation-busy', 'audit-anchors-odd', 'service-refused'],
  // A card that is drawn once more by itself.
  ...['service-unavailable', 'card-overtaken'],
]);

/** What the product is written of, by file: `bot` and `agent` without tests. `root`: the top of the repository. */
export async function sourcesOf(root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const room of ['bot', 'agent']) {
    const files = await readdir(join(root, room), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts') && !TEST.test(name)))
      found.set(join(room, file), await readFile(join(root, room, file), 'utf8'));
  }
  return found;
}

/** Every code that the product may answer with, and a file that does. */
export async function codesOf(root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [file, text] of await sourcesOf(root)) {
    if (TERMINAL.test(file)) continue;
    for (const [, code] of text.matchAll(CODE))
      if (code !== undefined && !ELSEWHERE.has(code)) found.set(code, join(root, file));
  }
  return found;
}
