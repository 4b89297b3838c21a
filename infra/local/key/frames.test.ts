import fc from 'fast-check';

import { encodeCbor } from './cbor/encode';
import { Command, toReports } from './hid/packet';
import { fingerprint } from './profiles';
import { getAssertionRequest, makeCredentialRequest } from './testing/ceremonies';
import { members, openHost, testDevice, type Host } from './testing/host';

/** Whatever a program sends, the key answers in CTAPHID and canonical CBOR, stays alive, and loses no PIN try. */
describe('frames that no sane program sends', () => {
  let host: Host;
  let spent: () => number;
  beforeEach(async () => {
    const device = await testDevice({ profile: fingerprint });
    host = await openHost(device);
    spent = () => 8 - device.condition().pinRetries;
  });
  afterEach(() => host.detach());

  const alive = async (): Promise<void> => {
    // An INIT on the own channel ends whatever half a message is left over.
    host.send(Command.INIT, Buffer.alloc(8));
    for (let last = await host.next(); last.command !== Command.INIT; last = await host.next());
    const { status } = await host.cbor(0x04);
    expect([status, spent()]).toEqual([0, 0]);
  };

  const key = Buffer.alloc(32);
  const messages = [
    Buffer.of(0x04),
    Buffer.concat([Buffer.of(0x01), encodeCbor(makeCredentialRequest())]),
    Buffer.concat([Buffer.of(0x02), encodeCbor(getAssertionRequest())]),
    Buffer.concat([Buffer.of(0x06), encodeCbor(members({ 1: 2, 2: 2 }))]),
    Buffer.concat([Buffer.of(0x0a), encodeCbor(members({ 1: 2, 3: 2, 4: Buffer.alloc(32) }))]),
    Buffer.concat([Buffer.of(0x09), encodeCbor(members({ 1: 1, 2: 5, 3: members({ 1: key, 2: 'x' }), 4: 2, 5: key }))]),
    Buffer.concat([Buffer.of(0x0c), encodeCbor(members({ 2: key, 3: 0, 4: 40 }))]),
    Buffer.concat([Buffer.of(0x0d), encodeCbor(members({ 1: 3, 2: members({ 1: 4, 2: ['a.test'] }) }))]),
  ];

  test('mutated CTAP2 messages', async () => {
    const mutation = fc.record({
      base: fc.nat(messages.length - 1),
      at: fc.nat(400),
      byte: fc.nat(255),
      cut: fc.option(fc.nat(400), { freq: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ base, at, byte, cut }) => {
        const message = Buffer.from(messages[base]!);
        message[at % message.length] = byte;
        const { status, body } = await host.cborBytes(message.subarray(0, Math.max(1, cut ?? message.length)));
        // 0x7f would be a bug of the key: something that it did not see coming.
        expect(status).not.toBe(0x7f);
        if (status !== 0) expect(body).toBeUndefined();
      }),
      { numRuns: 1500 },
    );
    await alive();
  });

  test('mutated reports', async () => {
    const mutation = fc.record({
      base: fc.nat(messages.length - 1),
      report: fc.nat(5),
      at: fc.nat(63),
      byte: fc.nat(255),
      drop: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ base, report, at, byte, drop }) => {
        const reports = toReports(host.cid, Command.CBOR, messages[base]!);
        const hit = report % reports.length;
        reports[hit]![at] = byte;
        if (drop && reports.length > 1) reports.splice(hit, 1);
        for (const one of reports) host.raw(one);
        await alive();
      }),
      { numRuns: 500 },
    );
  });

  test('noise', async () => {
    const noise = fc.array(fc.uint8Array({ minLength: 64, maxLength: 64 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(noise, fc.boolean(), async (reports, onChannel) => {
        for (const report of reports) {
          if (onChannel) Buffer.from(report.buffer).writeUInt32BE(host.cid);
          host.raw(report);
        }
        await alive();
      }),
      { numRuns: 500 },
    );
  });
});
