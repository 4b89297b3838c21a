import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** The same bytes for the same content: a zip must not tell when it was made. */
const WHEN = { mtime: new Date('2000-01-01T00:00:00Z'), mode: 0o100644 };

/** Writes a zip of the given files, in the order of their names. */
export async function zipFiles(files: ReadonlyMap<string, Buffer>, to: string): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) zip.addBuffer(content, name, WHEN);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}

/** Writes a zip of all files under a folder, named from there. */
export async function zipFolder(folder: string, to: string): Promise<void> {
  const zip = new ZipFile();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) zip.addFile(path, relative(folder, path), WHEN);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}
