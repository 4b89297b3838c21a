import { readFile, stat, writeFile } from 'node:fs/promises';
import { printable } from '../../operations/printable';
import { Fault } from '../../protocol/fault';
import { errorCode } from '../../service/error-code';

/**
 * Reads what is to be stored on the key.
 *
 * @param most bytes; a key has room for a few thousand
 * @throws Fault `blob-file-unreadable`, `blob-file-too-large`
 */
export async function readBlobFile(path: string, most: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > most) throw tooLarge(path, size, most);
    return Uint8Array.from(await readFile(path));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw fileFault('blob-file-unreadable', `The file ${printable(path)} cannot be read.`, 'Give another file.', error);
  }
}

/**
 * Writes what was on the key to a new file that only its owner may read.
 *
 * @throws Fault `blob-file-unwritable`, also where there is a file already
 */
export async function writeBlobFile(path: string, data: Uint8Array): Promise<void> {
  try {
    await writeFile(path, data, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const there = errorCode(error) === 'EEXIST';
    const say = `The file ${printable(path)} ${there ? 'is there already' : 'cannot be written'}.`;
    throw fileFault('blob-file-unwritable', say, 'Give the name of a new file.', error);
  }
}

function tooLarge(path: string, size: number, most: number): Fault {
  const say = `The file ${printable(path)} has ${size} bytes; the key has room for ${most} at most.`;
  return fileFault('blob-file-too-large', say, 'Give a smaller file.');
}

function fileFault(code: string, say: string, todo: string, cause?: unknown): Fault {
  return new Fault({ code, say, todo, cause });
}
