import type { CborMap } from '../cbor/types';
import type { VirtualDevice } from '../device';
import { fingerSamples, type FingerSample } from '../finger';
import { fingerprint } from '../profiles';
import { PIN } from '../testing/ceremonies';
import { bio, enrolFinger } from '../testing/fingerprints';
import { members, openHost, testDevice, type Answer, type Host } from '../testing/host';
import { setPin } from '../testing/platform-pin';
import { Status } from './status';

const [BEGIN, NEXT, CANCEL, ENUMERATE, NAME, REMOVE, SENSOR] = [1, 2, 3, 4, 5, 6, 7] as const;

describe('authenticatorBioEnrollment', () => {
  let device: VirtualDevice;
  let host: Host;
  beforeEach(async () => {
    device = await testDevice({ profile: fingerprint });
    host = await openHost(device);
    await setPin(host, PIN);
  });
  afterEach(() => host.detach());

  const free = (subCommand: number): Promise<Answer> => host.cbor(0x09, members({ 1: 1, 2: subCommand }));
  const sample = ({ body }: Answer): unknown => [body?.get(5), body?.get(6)];
  const options = async (): Promise<CborMap> => (await host.cbor(0x04)).body?.get(4) as CborMap;
  const list = async (): Promise<unknown> =>
    ((await bio(host, ENUMERATE)).body?.get(7) as CborMap[]).map((info) => info.get(2));

  test('tells of the reader without a token', async () => {
    expect((await host.cbor(0x09, members({ 6: true }))).body).toEqual(members({ 1: 1 }));
    expect((await free(SENSOR)).body).toEqual(members({ 1: 1, 2: 1, 3: 4, 8: 64 }));
  });

  test('a template takes as many good samples as the reader says, then getInfo tells of it', async () => {
    expect((await options()).get('bioEnroll')).toBe(false);
    expect((await options()).get('uv')).toBe(false);
    const begun = await bio(host, BEGIN, members({}));
    const id = begun.body?.get(4) as Buffer;
    expect(sample(begun)).toEqual([0, 3]);
    const next = async (): Promise<unknown> => sample(await bio(host, NEXT, members({ 1: id })));
    expect([await next(), await next()]).toEqual([
      [0, 2],
      [0, 1],
    ]);
    expect(device.condition().fingerprints).toBe(0);
    expect(await next()).toEqual([0, 0]);
    expect(device.condition().fingerprints).toBe(1);
    for (const option of ['uv', 'bioEnroll', 'userVerificationMgmtPreview']) {
      expect((await options()).get(option)).toBe(true);
    }
  });

  test.each(Object.entries(fingerSamples).filter(([name]) => name !== 'good'))(
    'a finger that is "%s" is told as %d and brings nothing',
    async (name, status) => {
      device.fingerScript(['good', name as FingerSample]);
      const id = (await bio(host, BEGIN, members({}))).body?.get(4) as Buffer;
      expect(sample(await bio(host, NEXT, members({ 1: id })))).toEqual([status, 3]);
      expect(sample(await bio(host, NEXT, members({ 1: id })))).toEqual([0, 2]);
    },
  );

  test('a person gives the samples one by one; without one the time runs out, and it goes on', async () => {
    device.touchBy('manual');
    const begun = await bio(host, BEGIN, members({ 3: 20 }));
    expect([begun.status, sample(begun)]).toEqual([Status.OK, [0x0d, 4]]);
    expect(begun.keepalives).toContain(2);
    const id = begun.body?.get(4) as Buffer;
    const next = bio(host, NEXT, members({ 1: id }));
    const lit = new Promise<void>((resolve) => {
      device.onLight((light) => (light === 'blinking' ? resolve() : undefined));
    });
    await lit;
    device.finger('left');
    expect(sample(await next)).toEqual([3, 4]);
  });

  test('CANCEL ends the sample, not the enrolment', async () => {
    device.fingerScript(['good']);
    device.touchBy('manual');
    const id = (await bio(host, BEGIN, members({}))).body?.get(4) as Buffer;
    device.onLight((light) => (light === 'blinking' ? host.send(0x11, Buffer.alloc(0)) : undefined));
    expect((await bio(host, NEXT, members({ 1: id }))).status).toBe(Status.KEEPALIVE_CANCEL);
    device.touchBy('auto');
    expect(sample(await bio(host, NEXT, members({ 1: id })))).toEqual([0, 2]);
  });

  test.each<[string, (host: Host) => Promise<unknown>]>([
    ['cancelCurrentEnrollment', () => free(CANCEL)],
    ['another enrollBegin', () => bio(host, BEGIN, members({}))],
    ['a reset', async () => [await host.cbor(0x07), await setPin(host, PIN)]],
    [
      'a power cut',
      async () => {
        device.power(false);
        device.power(true);
        host = await openHost(device);
      },
    ],
  ])('%s drops what was being enrolled', async (_name, act) => {
    const id = (await bio(host, BEGIN, members({}))).body?.get(4) as Buffer;
    await act(host);
    expect((await bio(host, NEXT, members({ 1: id }))).status).toBe(Status.INVALID_PARAMETER);
    expect(device.condition().fingerprints).toBe(0);
  });

  test('templates have names, empty at first, and can be removed one by one', async () => {
    const first = await enrolFinger(host);
    const second = await enrolFinger(host);
    expect(await list()).toEqual(['', '']);
    expect((await bio(host, NAME, members({ 1: second, 2: 'pollice' }))).status).toBe(Status.OK);
    expect(await list()).toEqual(['', 'pollice']);
    expect((await bio(host, REMOVE, members({ 1: first }))).status).toBe(Status.OK);
    expect(await list()).toEqual(['pollice']);
    await bio(host, REMOVE, members({ 1: second }));
    expect((await bio(host, ENUMERATE)).status).toBe(Status.INVALID_OPTION);
    expect((await options()).get('uv')).toBe(false);
  });

  test('a full reader says so before it asks for a finger', async () => {
    for (let i = 0; i < 5; i++) await enrolFinger(host);
    device.touchBy('manual');
    expect((await bio(host, BEGIN, members({}))).status).toBe(Status.FP_DATABASE_FULL);
  });

  const nobody = Buffer.alloc(4);
  test.each<[string, number, CborMap | undefined, number]>([
    ['a name for no template', NAME, members({ 1: nobody, 2: 'x' }), Status.INVALID_OPTION],
    ['removing no template', REMOVE, members({ 1: nobody }), Status.INVALID_OPTION],
    ['a name that is too long', NAME, members({ 1: nobody, 2: 'ä'.repeat(33) }), Status.INVALID_LENGTH],
    ['a name without template', NAME, members({ 2: 'x' }), Status.MISSING_PARAMETER],
    ['a template without name', NAME, members({ 1: nobody }), Status.MISSING_PARAMETER],
    ['a name of bytes', NAME, members({ 1: nobody, 2: nobody }), Status.CBOR_UNEXPECTED_TYPE],
    ['removing without parameters', REMOVE, undefined, Status.MISSING_PARAMETER],
    ['a sample of nothing', NEXT, members({ 1: nobody }), Status.INVALID_PARAMETER],
    ['a sample without template', NEXT, members({}), Status.MISSING_PARAMETER],
    ['a timeout of text', BEGIN, members({ 3: 'x' }), Status.CBOR_UNEXPECTED_TYPE],
    ['nothing to list', ENUMERATE, undefined, Status.INVALID_OPTION],
  ])('%s', async (_name, subCommand, params, expected) => {
    expect((await bio(host, subCommand, params)).status).toBe(expected);
  });

  test('a token without the be permission is worth nothing here', async () => {
    expect((await bio(host, ENUMERATE, undefined, { permissions: 0x04 })).status).toBe(Status.PIN_AUTH_INVALID);
  });

  test('templates outlive a power cut and end with a reset', async () => {
    await enrolFinger(host);
    device.power(false);
    device.power(true);
    host = await openHost(device);
    expect(await list()).toEqual(['']);
    await host.cbor(0x07);
    expect(device.condition().fingerprints).toBe(0);
  });
});
