import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualKey, type VirtualKey, type VirtualKeyOptions } from '../../infra/local/key';
import { encodeBase64Url } from '../protocol/credential-id';
import { asPerson, asProgram } from './agent.fixture';
import { PIN, plugged, type PluggedKey } from './key-on-a-socket.fixture';

const start = (profile: VirtualKeyOptions['profile'] = 'modern') => startVirtualKey({ touch: 'auto', profile });
let key: PluggedKey<VirtualKey>;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyvouch-blobs-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await key.virtual.close();
});

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('blobs', () => {
  it('are written, listed, read and deleted by a person', async () => {
    key = await plugged(start());
    const id = Buffer.from(await key.passkey('github.com', 'ada')).toString('hex');
    const run = (command: string[], confirms: boolean[] = []) =>
      asPerson(['blobs', ...command, ...key.here], { pins: [PIN], confirms });
    expect((await run(['list'])).out).toBe('No blob is stored on this security key.');
    expect((await run(['write', id, file('one', 'hello\u001b[2J')])).out).toContain('9 bytes are stored');
    expect((await run(['list'])).out).toMatch(/^[0-9a-f]{8} {2}ada at github\.com {2}9 bytes {2}/);
    // One PIN for finding it, for looking what is there, and for writing.
    expect((await run(['write', id, file('two', 'again')], [false])).status).toBe(130);
    expect((await run(['read', id])).out).toBe('hello?[2J');
    expect((await run(['write', id, join(folder, 'two')], [true])).status).toBe(0);
    const out = join(folder, 'out');
    await run(['read', id, '--out', out]);
    expect([readFileSync(out, 'utf8'), statSync(out).mode & 0o077]).toEqual(['again', 0]);
    const there = await run(['read', id, '--out', out]);
    expect([there.status, there.log.at(-1)]).toEqual([4, expect.stringContaining('is there already')]);
    expect((await run(['delete', id], [true])).out).toBe('It is deleted.');
  });

  it('do the same for a program', async () => {
    key = await plugged(start());
    const credentialId = await key.passkey('github.com', 'ada');
    const id = encodeBase64Url(credentialId);
    const hex = Buffer.from(credentialId).toString('hex');
    const data = Uint8Array.of(0, 255, 7);
    const write = await asProgram('blobs write', [hex, file('bytes', data), ...key.here], [PIN]);
    expect(write.document).toEqual({ id, bytes: 3, replaced: false });
    expect((await asProgram('blobs list', key.here, [PIN])).document).toMatchObject({
      blobs: [{ site: 'github.com', id, user: 'ada', bytes: 3 }],
    });
    expect((await asProgram('blobs read', [hex, ...key.here], [PIN])).document).toMatchObject({
      bytes: 3,
      data: encodeBase64Url(data),
    });
    const again = await asProgram('blobs write', [hex, file('more', 'x'), ...key.here], [PIN]);
    expect(again.document).toMatchObject({ error: { code: 'confirm-needed' } });
    const deleted = await asProgram('blobs delete', [hex, ...key.here, '--confirm', hex], [PIN]);
    expect(deleted.document).toEqual({ id, deleted: true });
    const none = await asProgram('blobs read', [hex, ...key.here], [PIN]);
    expect([none.document, none.status]).toMatchObject([{ error: { code: 'blob-none' } }, 4]);
  });

  it('need a file that can be read and is not too large', async () => {
    key = await plugged(start());
    const id = Buffer.from(await key.passkey('github.com', 'ada')).toString('hex');
    const write = (path: string) => asProgram('blobs write', [id, path, ...key.here], [PIN]);
    expect((await write(join(folder, 'nothing'))).document).toMatchObject({ error: { code: 'blob-file-unreadable' } });
    const large = file('large', new Uint8Array(100_000));
    expect((await write(large)).document).toMatchObject({ error: { code: 'blob-file-too-large' } });
  });
});
