import { z } from 'zod';
import { type CborMap, cborMap, type CborValue, encodeCbor } from './cbor';
import { hasStatus } from './ctap-fault';
import { CTAP2, type Ctap, type Send, type SendOptions } from './ctap';
import { type AuthenticatorInfo } from './get-info';
import { type PinToken } from './pin-token';
import { bytes, readReply } from './reply';
import { STATUS } from './status';

/** The one modality that exists. */
const FINGERPRINT = 0x01;

/** Subcommands of authenticatorBioEnrollment (CTAP 2.1 §6.7). */
const SUB = {
  enrollBegin: 0x01,
  enrollCaptureNextSample: 0x02,
  cancelCurrentEnrollment: 0x03,
  enumerateEnrollments: 0x04,
  setFriendlyName: 0x05,
  removeEnrollment: 0x06,
  getFingerprintSensorInfo: 0x07,
} as const;

const REPLY = {
  0x02: 'fingerprintKind',
  0x03: 'maxSamples',
  0x04: 'templateId',
  0x05: 'status',
  0x06: 'remaining',
  0x07: 'templates',
  0x08: 'maxNameBytes',
};

const count = z.number().int().nonnegative();
const lenientCount = count.optional().catch(undefined);
const sensorSchema = z.object({
  fingerprintKind: z.number().optional().catch(undefined),
  maxSamples: lenientCount,
  maxNameBytes: lenientCount,
});
const sampleSchema = z.object({ status: count, remaining: count });
const firstSampleSchema = sampleSchema.extend({ templateId: bytes.refine((id) => id.length > 0) });
const templatesSchema = z.object({
  templates: z.array(
    z
      .map(z.unknown(), z.unknown())
      .transform((map) => ({ id: map.get(0x01), name: map.get(0x02) }))
      .pipe(z.object({ id: bytes, name: z.string().optional().catch(undefined) })),
  ),
});

/** What the key says of its fingerprint reader. */
export interface FingerprintSensor {
  kind: 'touch' | 'swipe';
  /** The most good samples that an enrolment takes. */
  maxSamples: number | undefined;
  /** The longest friendly name, in bytes of UTF-8; only from CTAP 2.1 on. */
  maxNameBytes: number | undefined;
}

/** A fingerprint that is stored on the key. */
export interface FingerprintTemplate {
  id: Uint8Array;
  /** Undefined where it has none. */
  name: string | undefined;
}

/** One sample that was taken. */
export interface Sample {
  /** One of SAMPLE_STATUS, or a number that later versions may add. */
  status: number;
  /** How many more good samples are wanted; 0 ends the enrolment. */
  remaining: number;
}

/** The steps of one enrolment: `begin` once, then `next` until none remains. Each waits for a finger. */
export interface Enrollment {
  begin(timeoutMs: number, options?: SendOptions): Promise<Sample & { templateId: Uint8Array }>;
  next(templateId: Uint8Array, timeoutMs: number, options?: SendOptions): Promise<Sample>;
}

/** What can be done with the fingerprints on a key. All but `sensor` needs a token with the permission bioEnrollment. */
export interface BioEnrollment {
  templates(): Promise<FingerprintTemplate[]>;
  setFriendlyName(templateId: Uint8Array, name: string): Promise<void>;
  remove(templateId: Uint8Array): Promise<void>;
  /** Runs one enrolment with nothing else in between. When `run` fails, the key is told to forget what it has. */
  enroll<T>(run: (enrollment: Enrollment) => Promise<T>): Promise<T>;
}

/** The command by which this key enrols fingerprints; undefined when it has no reader. */
export function bioEnrollmentCommand(info: AuthenticatorInfo): number | undefined {
  // The option is there in both cases; true says that a finger is enrolled.
  if (info.options['bioEnroll'] !== undefined) return CTAP2.bioEnrollment;
  // Keys from before CTAP 2.1 have it under a number of their own.
  if (info.options['userVerificationMgmtPreview'] !== undefined) return CTAP2.bioEnrollmentPreview;
  return undefined;
}

/** Asks about the reader; needs no token. */
export async function fingerprintSensorInfo(ctap: Ctap, command: number): Promise<FingerprintSensor> {
  const request = cborMap([
    [0x01, FINGERPRINT],
    [0x02, SUB.getFingerprintSensorInfo],
  ]);
  const reply = await ctap.send(command, request, { limitMs: 10_000 });
  const { fingerprintKind, ...rest } = readReply('getFingerprintSensorInfo', reply, REPLY, sensorSchema);
  return {
    kind: fingerprintKind === 2 ? 'swipe' : 'touch',
    maxSamples: rest.maxSamples,
    maxNameBytes: rest.maxNameBytes,
  };
}

/** Speaks authenticatorBioEnrollment to a key, by the command that {@link bioEnrollmentCommand} gave. */
export function createBioEnrollment(ctap: Ctap, command: number, token: PinToken): BioEnrollment {
  function ask(send: Send, subCommand: number, parameters?: CborMap, options?: SendOptions): Promise<CborValue> {
    const encoded = parameters ? encodeCbor(parameters) : Buffer.alloc(0);
    const signed = Buffer.concat([Buffer.of(FINGERPRINT, subCommand), encoded]);
    const request = cborMap([
      [0x01, FINGERPRINT],
      [0x02, subCommand],
      [0x03, parameters],
      [0x04, token.protocol],
      [0x05, token.authenticate(signed)],
    ]);
    return send(command, request, options);
  }

  return {
    async templates() {
      try {
        const reply = await ask(ctap.send, SUB.enumerateEnrollments);
        if (reply === undefined) return [];
        const { templates } = readReply('enumerateEnrollments', reply, REPLY, templatesSchema);
        // Some keys give an empty name for none.
        return templates.map(({ id, name }) => ({ id, name: name === '' ? undefined : name }));
      } catch (error) {
        // The specification's way to say that there are none.
        if (hasStatus(error, STATUS.INVALID_OPTION)) return [];
        throw error;
      }
    },
    async setFriendlyName(templateId, name) {
      const parameters = cborMap([
        [0x01, templateId],
        [0x02, name],
      ]);
      await ask(ctap.send, SUB.setFriendlyName, parameters);
    },
    async remove(templateId) {
      await ask(ctap.send, SUB.removeEnrollment, cborMap([[0x01, templateId]]));
    },
    enroll: (run) =>
      ctap.sequence(async (send) => {
        try {
          return await run({
            async begin(timeoutMs, options) {
              const reply = await ask(send, SUB.enrollBegin, cborMap([[0x03, timeoutMs]]), options);
              return readReply('enrollBegin', reply, REPLY, firstSampleSchema);
            },
            async next(templateId, timeoutMs, options) {
              const parameters = cborMap([
                [0x01, templateId],
                [0x03, timeoutMs],
              ]);
              const reply = await ask(send, SUB.enrollCaptureNextSample, parameters, options);
              return readReply('enrollCaptureNextSample', reply, REPLY, sampleSchema);
            },
          });
        } catch (error) {
          // Why it failed matters more than whether the key could still hear this; cancelling is not signed.
          await send(
            command,
            cborMap([
              [0x01, FINGERPRINT],
              [0x02, SUB.cancelCurrentEnrollment],
            ]),
            { limitMs: 5000 },
          ).catch(() => undefined);
          throw error;
        }
      }),
  };
}
