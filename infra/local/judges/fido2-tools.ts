import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { attestationObject, clientDataJSON, unwrapBytes } from './ceremony-texts';
import { needRun } from './process';
import { type KeyTool, type ListedPasskey, type PasskeyAt, type ToolInfo, UnknownHere } from './tool';

/** libfido2's command line: fido2-token, fido2-cred and fido2-assert of Debian's fido2-tools. */
export interface Fido2ToolsSeat {
  /** The path of the key now: /dev/hidrawN. */
  path(): Promise<string>;
  /** libfido2 1.12 manages passkeys by the preview command (0x41) alone. */
  readonly previewCredentialManagement: boolean;
}

const VERSION = '1.12';
/** They read the PIN from stdin where there is no terminal: each in a session of its own. */
const TIMEOUT_MS = 40_000;

export function fido2Tools(seat: Fido2ToolsSeat): KeyTool {
  const run = async (program: string, args: readonly string[], typed: readonly string[] = []): Promise<string> =>
    needRun(`/usr/bin/${program}`, [...args, await seat.path()], {
      input: typed.map((line) => `${line}\n`).join(''),
      timeoutMs: TIMEOUT_MS,
      ownSession: true,
    });
  const token = (args: readonly string[], ...typed: string[]) => run('fido2-token', args, typed);
  const managing = (args: readonly string[], ...typed: string[]) => {
    if (!seat.previewCredentialManagement) throw new UnknownHere('it knows only the preview command 0x41');
    return token(args, ...typed);
  };
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  const finger = (id: string) => Buffer.from(id, 'hex').toString('base64');

  return {
    name: `fido2-token ${VERSION}`,
    info: async () => readInfo(await token(['-I'])),
    setPin: (pin) => token(['-S'], pin, pin),
    changePin: (from, to) => token(['-C'], from, to, to),
    checkPin: async (pin) => {
      // The least that takes a PIN: an assertion for a site that is not there. A right PIN ends in "no credentials".
      const input = [base64(randomBytes(32)), 'nowhere.invalid', base64(randomBytes(32))].join('\n');
      const ended = await withFile(input, (file) =>
        run('fido2-assert', ['-G', '-t', 'pin=true', '-i', file], [pin]).then(
          () => 'it answered',
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
      );
      if (!/NO_CREDENTIALS/.test(ended)) throw new Error(ended);
    },
    register: (pin, { rpId, userId, userName, largeBlob }) => {
      const clientData = clientDataJSON('webauthn.create', rpId);
      const input = [base64(sha256(clientData)), rpId, userName, base64(userId)].join('\n');
      // Without -v: it asks for the PIN when the key does, and models without tokens take no `uv`.
      const flags = ['-M', '-r', ...(largeBlob ? ['-b'] : [])];
      return withFile(input, async (file) => {
        const lines = (await run('fido2-cred', [...flags, '-i', file], [pin])).split('\n').map((line) => line.trim());
        const from = lines.indexOf(base64(sha256(clientData)));
        const [, , fmt = '', authData = '', id = '', sig = '', x5c = ''] = lines.slice(from);
        const certificate = Buffer.from(x5c, 'base64');
        const statement = { sig: Buffer.from(sig, 'base64'), x5c: [certificate] };
        return {
          id: Buffer.from(id, 'base64'),
          clientDataJSON: clientData,
          attestationObject: attestationObject(fmt, unwrapBytes(Buffer.from(authData, 'base64')), statement),
        };
      });
    },
    assert: (pin, { rpId, id }) => {
      const clientData = clientDataJSON('webauthn.get', rpId);
      const input = [base64(sha256(clientData)), rpId, base64(id)].join('\n');
      return withFile(input, async (file) => {
        const output = await run('fido2-assert', ['-G', '-p', '-t', 'pin=true', '-i', file], [pin]);
        const lines = output.split('\n').map((line) => line.trim());
        const from = lines.indexOf(base64(sha256(clientData)));
        const [, , authData = '', signature = ''] = lines.slice(from);
        return {
          clientDataJSON: clientData,
          authData: unwrapBytes(Buffer.from(authData, 'base64')),
          signature: Buffer.from(signature, 'base64'),
        };
      });
    },
    isOnKey: ({ rpId, id }) => {
      const input = [base64(randomBytes(32)), rpId, base64(id)].join('\n');
      return withFile(input, (file) =>
        run('fido2-assert', ['-G', '-t', 'up=false', '-i', file]).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Error && /NO_CREDENTIALS/.test(error.message)) return false;
            throw error;
          },
        ),
      );
    },
    sites: async (pin) => table(await managing(['-L', '-r'], pin)).map((line) => line.split(' ')[2] ?? ''),
    passkeys: async (pin, rpId) =>
      table(await noneIf('NO_CREDENTIALS', managing(['-L', '-k', rpId], pin))).map(readPasskey),
    room: async (pin) => {
      const output = await managing(['-I', '-c'], pin);
      const number = (name: RegExp) => Number(name.exec(output)?.[1]);
      return {
        existing: number(/existing rk\(s\): (\d+)/),
        remaining: number(/(?:possible|remaining) rk\(s\): (\d+)/),
      };
    },
    rename: async (pin, { id }, user) => {
      const who = ['-k', base64(user.id), '-n', user.name, '-p', user.displayName];
      await managing(['-S', '-c', '-i', base64(id), ...who], pin);
    },
    remove: (pin, { id }) => managing(['-D', '-i', base64(id)], pin),
    fingerprints: async (pin) =>
      table(await noneIf('INVALID_OPTION', token(['-L', '-e'], pin))).map((line) => {
        const [, id = '', ...name] = line.split(' ');
        return { id: Buffer.from(id, 'base64').toString('hex'), name: name.join(' ') };
      }),
    // It gives no name at enrolment.
    enrol: (pin) => token(['-S', '-e'], pin),
    renameFingerprint: (pin, id, name) => token(['-S', '-e', '-i', finger(id), '-n', name], pin),
    removeFingerprint: (pin, id) => token(['-D', '-e', '-i', finger(id)], pin),
    alwaysUv: (pin, on) => token([on ? '-S' : '-D', '-u'], pin),
    minPinLength: (pin, length) => token(['-S', '-l', String(length)], pin),
    minPinLengthSites: (pin, rpIds) => token(['-S', '-m', rpIds.join(',')], pin),
    forcePinChange: (pin) => token(['-S', '-f'], pin),
    enterpriseAttestation: (pin) => token(['-S', '-a'], pin),
    writeBlob: (pin, at, data) => withFile(data, (file) => managing(['-S', '-b', ...belongsTo(at), file], pin)),
    readBlob: (pin, at) =>
      withFile('', async (file) => {
        await managing(['-G', '-b', ...belongsTo(at), file], pin);
        return readFileSync(file);
      }),
    removeBlob: (pin, at) => managing(['-D', '-b', ...belongsTo(at)], pin),
    reset: async ({ unplug, plug }) => {
      await unplug();
      await plug();
      await token(['-R']);
    },
  };
}

function belongsTo({ rpId, id }: PasskeyAt): string[] {
  return ['-n', rpId, '-i', id.toString('base64')];
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

/** Lines of a listing: `NN: …`. */
function table(output: string): string[] {
  return output.split('\n').filter((line) => /^\d\d: \S/.test(line));
}

/** Where there is nothing to list, it ends with the key's status for that. */
async function noneIf(status: string, listing: Promise<string>): Promise<string> {
  return listing.catch((error: unknown) => {
    if (error instanceof Error && error.message.includes(status)) return '';
    throw error;
  });
}

/** `00: ID DISPLAY-NAME USER-ID TYPE PROTECTION`, where the display name may hold spaces. */
function readPasskey(line: string): ListedPasskey {
  const [, id = '', ...rest] = line.split(' ');
  const displayName = rest.slice(0, -3).join(' ');
  // fido2-cred gives none when it makes a passkey.
  return { id: Buffer.from(id, 'base64'), ...(displayName === '(null)' ? {} : { displayName }) };
}

function readInfo(output: string): ToolInfo {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(output)?.[1]?.trim() ?? '';
  const words = field('options').split(', ').filter(Boolean);
  const options = Object.fromEntries(words.map((word) => [word.replace(/^no/, ''), !word.startsWith('no')]));
  return {
    aaguid: field('aaguid'),
    options,
    minPinLength: Number(field('minpinlen')),
    pinSet: options['clientPin'] === true,
  };
}

/** A file for the time of one call; what it has in it is there already. */
async function withFile<T>(content: string | Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-fido2-'));
  try {
    const path = join(folder, 'file');
    writeFileSync(path, content);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
