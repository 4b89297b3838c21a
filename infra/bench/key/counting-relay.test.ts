import { Command, toReports } from '../../local/key/hid/packet';
import { reportCounter } from './counting-relay';

function counted(chunks: Buffer[]): string[] {
  const names: string[] = [];
  const count = reportCounter((name) => void names.push(name));
  for (const chunk of chunks) count(chunk);
  return names;
}

const init = Buffer.concat(toReports(0xffffffff, Command.INIT, Buffer.alloc(8)));
const long = Buffer.concat(toReports(7, Command.CBOR, Buffer.alloc(300)));
const cancel = Buffer.concat(toReports(7, Command.CANCEL, Buffer.alloc(0)));
const vendor = Buffer.concat(toReports(7, 0x42, Buffer.alloc(0)));

test.each([
  ['a message of one report', [init], ['INIT']],
  ['a message of six reports', [long], ['CBOR']],
  ['reports that come in pieces', [long.subarray(0, 40), long.subarray(40, 200), long.subarray(200)], ['CBOR']],
  ['several at once', [Buffer.concat([init, long, long])], ['INIT', 'CBOR', 'CBOR']],
  ['CANCEL, which is no transaction', [long, cancel], ['CBOR']],
  ["a vendor's command", [vendor], ['0x42']],
  ['half a report', [init.subarray(0, 63)], []],
])('%s', (_what, chunks, names) => {
  expect(counted(chunks)).toEqual(names);
});
