import { type BioEnrollment, type Sample } from '../ctap/bio-enrollment';
import { ctapFault } from '../ctap/ctap-fault';
import { SAMPLE_STATUS } from '../ctap/sample-status';
import { STATUS } from '../ctap/status';
import { Fault } from '../protocol/fault';
import { enrollFinger } from './enroll-finger';
import { scriptedPrompts } from './scripted-prompts.fixture';

const ID = Uint8Array.of(7);
const SENSOR = { kind: 'touch', samples: 3 } as const;
const good = (remaining: number): Sample => ({ status: SAMPLE_STATUS.GOOD, remaining });
const bad = (status: number, remaining = 3): Sample => ({ status, remaining });
const nobody = bad(SAMPLE_STATUS.NO_USER_ACTIVITY);

/** A reader that sees these samples one after the other, whatever it is asked. */
function reader(...samples: (Sample | Error)[]) {
  const asked: string[] = [];
  let ended: 'done' | 'forgotten' | undefined;
  async function see(what: string): Promise<Sample> {
    asked.push(what);
    const sample = samples.shift();
    if (!sample) throw new Error('the script of samples is over');
    if (sample instanceof Error) throw sample;
    return sample;
  }
  const bio: BioEnrollment = {
    templates: async () => [],
    setFriendlyName: async () => undefined,
    remove: async () => undefined,
    async enroll(run) {
      try {
        const result = await run({
          begin: async () => ({ ...(await see('begin')), templateId: ID }),
          next: () => see('next'),
        });
        ended = 'done';
        return result;
      } catch (error) {
        ended = 'forgotten';
        throw error;
      }
    },
  };
  return { bio, asked, ended: () => ended };
}

describe('enrolling a finger', () => {
  it('guides from sample to sample', async () => {
    const { bio, asked, ended } = reader(good(2), bad(SAMPLE_STATUS.TOO_FAST, 2), good(1), good(0));
    const prompts = scriptedPrompts();
    expect(await enrollFinger(bio, SENSOR, { prompts })).toBe(ID);
    expect([asked, ended()]).toEqual([['begin', 'next', 'next', 'next'], 'done']);
    expect(prompts.log).toEqual([
      'say Put your finger on the reader several times, each time a little differently, until the key has seen enough.',
      'touch Put your finger on the reader.',
      'touched',
      'say Good. About 2 more.',
      'touch Lift the finger, then put your finger on the reader again (sample 2 of about 3).',
      'touched',
      'say That was too fast: keep the finger on the sensor a little longer.',
      'touch Lift the finger, then put your finger on the reader again (sample 3 of about 3).',
      'touched',
      'say Good. One more.',
      'touch Lift the finger, then put your finger on the reader again (sample 4 of about 3).',
      'touched',
    ]);
  });

  const timeout = ctapFault(STATUS.USER_ACTION_TIMEOUT);
  it.each<[string, (Sample | Error)[], string]>([
    ['the first wait for the finger was in vain', [timeout, good(1), good(0)], 'done'],
    ['a later one was', [good(2), timeout, good(1), good(0)], 'done'],
    ['the reader saw nobody once', [good(2), nobody, good(1), nobody, good(0)], 'done'],
    ['nobody comes twice in a row', [good(2), nobody, nobody], 'key-no-touch'],
    ['the waits are in vain twice in a row', [good(2), timeout, timeout], 'key-no-touch'],
    ['the key dropped it all with the first wait', [good(2), timeout, ctapFault(STATUS.NOT_ALLOWED)], 'key-no-touch'],
    ['nine samples are bad', [...Array<Sample>(9).fill(bad(SAMPLE_STATUS.TOO_LEFT)), good(0)], 'done'],
    ['ten are', Array<Sample>(10).fill(bad(SAMPLE_STATUS.TOO_LEFT)), 'key-fingerprint-unclear'],
    ['the key never has enough', Array<Sample>(200).fill(good(1)), 'key-fingerprint-unclear'],
    ['the key is full', [ctapFault(STATUS.FP_DATABASE_FULL)], 'key-fingerprints-full'],
  ])('when %s', async (_, samples, expected) => {
    const { bio, ended } = reader(...samples);
    const outcome = await enrollFinger(bio, SENSOR, { prompts: scriptedPrompts() }).then(
      () => 'done',
      (error: unknown) => (error instanceof Fault ? error.code : String(error)),
    );
    expect(outcome).toBe(expected);
    expect(ended()).toBe(expected === 'done' ? 'done' : 'forgotten');
  });

  it('ends when it is called off between two samples', async () => {
    const { bio, ended } = reader(good(2), good(1), good(0));
    const stop = new AbortController();
    const prompts = scriptedPrompts();
    const say = (line: string) => {
      if (line.startsWith('Good')) stop.abort();
    };
    await expect(
      enrollFinger(bio, SENSOR, { prompts: { ...prompts, say }, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'key-cancelled' });
    expect(ended()).toBe('forgotten');
  });

  it('speaks of swiping where the finger is to be swiped', async () => {
    const prompts = scriptedPrompts();
    await enrollFinger(reader(good(0)).bio, { kind: 'swipe', samples: undefined }, { prompts });
    expect(prompts.log[1]).toBe('touch Swipe your finger over the reader.');
  });
});
