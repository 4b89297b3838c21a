import { type BioEnrollment, type Sample } from '../ctap/bio-enrollment';
import { CtapFault, hasStatus } from '../ctap/ctap-fault';
import { SAMPLE_STATUS, sampleGuidance } from '../ctap/sample-status';
import { STATUS } from '../ctap/status';
import { type SendOptions } from '../ctap/ctap';
import { keyCancelled } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { type Dialogue } from './set-pin';

/** Milliseconds for which the key waits for the finger, and how long it may take on top to think about the sample. */
const SAMPLE_MS = 30_000;
const THINKING_MS = 15_000;
/** After so many bad samples in a row it is not the way the finger is held. */
const MOST_BAD = 10;
/** After so many waits without a finger the person has left. */
const MOST_ABSENT = 2;
/** A key that never has enough is not followed. */
const MOST_SAMPLES = 100;

/**
 * Enrols one finger, with a word to the person after each sample.
 *
 * @returns the template's id
 * @throws Fault `key-fingerprint-unclear`, `key-no-touch`, `key-cancelled`, `key-fingerprints-full`: nothing is enrolled
 */
export async function enrollFinger(
  bio: BioEnrollment,
  sensor: { kind: 'touch' | 'swipe'; samples: number | undefined },
  { prompts, signal }: Dialogue,
): Promise<Uint8Array> {
  const verb = sensor.kind === 'swipe' ? 'Swipe your finger over' : 'Put your finger on';
  prompts.say(`${verb} the reader several times, each time a little differently, until the key has seen enough.`);
  const told = { bad: 0, absent: 0 };
  let timedOut: unknown;

  /** Waits for the finger once; undefined when none came and the person may have another chance. */
  async function sample<T extends Sample>(
    text: string,
    take: (timeoutMs: number, options: SendOptions) => Promise<T>,
  ): Promise<T | undefined> {
    if (signal?.aborted) throw keyCancelled();
    prompts.touch(text);
    try {
      return await take(SAMPLE_MS, { signal, limitMs: SAMPLE_MS + THINKING_MS });
    } catch (error) {
      const late = hasStatus(error, STATUS.USER_ACTION_TIMEOUT, STATUS.ACTION_TIMEOUT);
      // A key that gave up with the first wait knows nothing of a next sample: that nobody came is the reason to tell.
      if (!late) throw error instanceof CtapFault ? (timedOut ?? error) : error;
      timedOut = error;
      if (++told.absent >= MOST_ABSENT) throw error;
      prompts.say('No finger came.');
      return undefined;
    } finally {
      prompts.touchDone();
    }
  }

  function judge({ status, remaining }: Sample): void {
    const guidance = sampleGuidance(status);
    const absent = status === SAMPLE_STATUS.NO_USER_ACTIVITY;
    timedOut = undefined;
    told.absent = absent ? told.absent + 1 : 0;
    told.bad = guidance === undefined ? 0 : told.bad + 1;
    if (told.absent >= MOST_ABSENT) throw nobody();
    if (told.bad >= MOST_BAD) throw unclear();
    if (guidance !== undefined) prompts.say(guidance);
    else if (remaining > 0) prompts.say(`Good. ${remaining === 1 ? 'One more' : `About ${remaining} more`}.`);
  }

  return bio.enroll(async ({ begin, next }) => {
    let first: Awaited<ReturnType<typeof begin>> | undefined;
    while (!first) first = await sample(`${verb} the reader.`, begin);
    const { templateId } = first;
    judge(first);
    let { remaining } = first;
    for (let taken = 1; remaining > 0; taken++) {
      if (taken > MOST_SAMPLES) throw unclear();
      const text = `Lift the finger, then ${verb.toLowerCase()} the reader again (sample ${taken + 1}${about(sensor)}).`;
      const taking = await sample(text, (timeoutMs, options) => next(templateId, timeoutMs, options));
      if (!taking) continue;
      judge(taking);
      remaining = taking.remaining;
    }
    return templateId;
  });
}

function about({ samples }: { samples: number | undefined }): string {
  return samples === undefined ? '' : ` of about ${samples}`;
}

function nobody(): Fault {
  return new Fault({
    code: 'key-no-touch',
    say: 'No finger was put on the reader of the key.',
    todo: 'Start again when you are at the key.',
    retry: true,
  });
}

function unclear(): Fault {
  return new Fault({
    code: 'key-fingerprint-unclear',
    say: 'The key could not read this finger well enough to enrol it.',
    todo: 'Wash and dry the finger, wipe the reader, or take another finger; then start again.',
    retry: true,
  });
}
