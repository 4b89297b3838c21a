import { bioEnrollmentCommand, createBioEnrollment, fingerprintSensorInfo } from './bio-enrollment';
import { cborMap, type CborValue } from './cbor';
import { ctapFault } from './ctap-fault';
import { parseInfo } from './get-info';
import { SAMPLE_STATUS, sampleGuidance } from './sample-status';
import { scriptedCtap, scriptedToken } from './scripted-ctap.fixture';
import { STATUS } from './status';

const ID = Uint8Array.of(1, 2);
const template = (name?: CborValue) =>
  cborMap([
    [1, ID],
    [2, name],
  ]);
const firstSample = (status: number, remaining: number) =>
  cborMap([
    [4, ID],
    [5, status],
    [6, remaining],
  ]);
const sample = (status: number, remaining: number) =>
  cborMap([
    [5, status],
    [6, remaining],
  ]);

function scripted(...replies: Parameters<typeof scriptedCtap>) {
  const { ctap, requests } = scriptedCtap(...replies);
  const { token, signed } = scriptedToken();
  return { requests, signed, bio: createBioEnrollment(ctap, 0x09, token) };
}

describe('the command', () => {
  it.each([
    [{ bioEnroll: true }, 0x09],
    [{ bioEnroll: false, userVerificationMgmtPreview: true }, 0x09],
    [{ userVerificationMgmtPreview: false }, 0x40],
    [{ uv: true }, undefined],
  ])('of a key with %j is %s', (options, expected) => {
    const info = parseInfo(
      cborMap([
        [1, []],
        [3, new Uint8Array(16)],
        [4, new Map(Object.entries(options))],
      ]),
    );
    expect(bioEnrollmentCommand(info)).toBe(expected);
  });
});

describe('the reader', () => {
  it.each([
    [
      'a touch reader of CTAP 2.1',
      cborMap([
        [1, 1],
        [2, 1],
        [3, 4],
        [8, 20],
      ]),
      { kind: 'touch', maxSamples: 4, maxNameBytes: 20 },
    ],
    [
      'a swipe reader of the preview',
      cborMap([
        [2, 2],
        [3, 6],
      ]),
      { kind: 'swipe', maxSamples: 6, maxNameBytes: undefined },
    ],
    ['one that says nothing of use', cborMap([[3, 'many']]), { kind: 'touch' }],
  ])('is %s', async (_, reply, expected) => {
    const { ctap, requests } = scriptedCtap(reply);
    expect(await fingerprintSensorInfo(ctap, 0x09)).toMatchObject(expected);
    // Neither token nor parameters.
    expect([...(requests[0]?.parameters?.entries() ?? [])]).toEqual([
      [1, 1],
      [2, 7],
    ]);
  });
});

describe('listing', () => {
  it.each<[string, CborValue | Error, unknown]>([
    ['a named one', cborMap([[7, [template('thumb')]]]), [{ id: ID, name: 'thumb' }]],
    ['one without a name', cborMap([[7, [template()]]]), [{ id: ID, name: undefined }]],
    ['one whose name is empty', cborMap([[7, [template('')]]]), [{ id: ID, name: undefined }]],
    ['one whose name is no text', cborMap([[7, [template(7)]]]), [{ id: ID, name: undefined }]],
    ['the status for none', ctapFault(STATUS.INVALID_OPTION), []],
    ['nothing', undefined, []],
  ])('understands %s', async (_, reply, expected) => {
    expect(await scripted(reply).bio.templates()).toEqual(expected);
  });

  it('does not take another refusal for an empty list', async () => {
    await expect(scripted(ctapFault(STATUS.PIN_AUTH_INVALID)).bio.templates()).rejects.toMatchObject({
      code: 'key-pin-token-refused',
    });
  });
});

it('signs the modality, the subcommand and its parameters', async () => {
  const { bio, signed, requests } = scripted(undefined, undefined, undefined);
  await bio.templates();
  await bio.setFriendlyName(ID, 'A');
  await bio.remove(ID);
  expect(signed).toEqual(['0104', '0105a201420102026141', '0106a101420102']);
  expect(requests.map(({ parameters }) => [...(parameters?.keys() ?? [])])).toEqual([
    [1, 2, 4, 5],
    [1, 2, 3, 4, 5],
    [1, 2, 3, 4, 5],
  ]);
});

describe('enrolling', () => {
  it('begins once and takes samples of the same template until none remains', async () => {
    const { bio, signed } = scripted(firstSample(0, 1), sample(0, 0));
    const last = await bio.enroll(async ({ begin, next }) => {
      const { templateId, remaining } = await begin(10_000);
      expect(remaining).toBe(1);
      return next(templateId, 10_000);
    });
    expect(last).toEqual({ status: 0, remaining: 0 });
    // The first one as FIDO's migration guide gives it for a time limit of ten seconds.
    expect(signed).toEqual(['0101a103192710', '0102a20142010203192710']);
  });

  it('tells the key to forget when it fails, without a signature, and keeps the reason', async () => {
    const { bio, requests } = scripted(firstSample(0, 3), ctapFault(STATUS.FP_DATABASE_FULL), undefined);
    const promise = bio.enroll(async ({ begin, next }) => next((await begin(10_000)).templateId, 10_000));
    await expect(promise).rejects.toMatchObject({ code: 'key-fingerprints-full' });
    expect([...(requests[2]?.parameters?.entries() ?? [])]).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  it('keeps the reason also when the key no longer hears', async () => {
    const { bio } = scripted(ctapFault(STATUS.USER_ACTION_TIMEOUT), ctapFault(STATUS.OTHER));
    await expect(bio.enroll(({ begin }) => begin(10_000))).rejects.toMatchObject({ code: 'key-no-touch' });
  });

  it.each([
    ['no template', sample(0, 3)],
    ['an empty template', cborMap([...firstSample(0, 1).entries(), [4, new Uint8Array()]])],
    ['no count', cborMap([[4, ID]])],
  ])('does not go on with %s', async (_, reply) => {
    await expect(scripted(reply).bio.enroll(({ begin }) => begin(1000))).rejects.toMatchObject({
      code: 'key-malformed',
    });
  });
});

it('gives each bad sample a word for the person, and a good one none', () => {
  for (const status of Object.values(SAMPLE_STATUS)) {
    if (status === SAMPLE_STATUS.GOOD) expect(sampleGuidance(status)).toBeUndefined();
    else expect(sampleGuidance(status)).toMatch(/\.$/);
  }
  expect(sampleGuidance(0x77)).toBe('The key could not use this sample: try again.');
});
