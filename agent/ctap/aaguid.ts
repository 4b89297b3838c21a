/** The usual way to write the 16 bytes that name a model: 8-4-4-4-12 hexadecimal digits, lower case. */
export function formatAaguid(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
