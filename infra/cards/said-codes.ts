import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a code that a person may see is written: `code: 'graph-timeout'`, `refused('not-yours')`, `refusal('…')`. */
const CODE = /(?:\bcode: |\brefused\(|\brefusal\()'([a-z]+(?:-[a-z]+)+)'/g;
/** What says nothing in a card: tests, and the rooms of the agent that speak in a terminal alone. */
const NOT_SAID = /\.(test|fixture)\.ts$|^(admin|commands|doctor|broker|terminal)\/|^main\.ts$/;

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

/** Every code that the product may answer with, and a file that does. `root`: the top of the repository. */
export async function codesOf(root: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const room of ['bot', 'agent']) {
    const files = await readdir(join(root, room), { recursive: true });
    for (const file of files.filter((name) => name.endsWith('.ts') && !NOT_SAID.test(name))) {
      const text = await readFile(join(root, room, file), 'utf8');
      for (const [, code] of text.matchAll(CODE))
        if (code !== undefined && !ELSEWHERE.has(code)) found.set(code, join(room, file));
    }
  }
  return found;
}
