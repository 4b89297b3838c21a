import { type Key, openKey } from '../../../../agent/operations/key';
import { type Dialogue } from '../../../../agent/operations/set-pin';
import { type Device } from '../../../../agent/hid/devices';
import { type PluggedKey } from './line';
import { type Person } from './person';

/** How a key is found: out of the box, with a PIN, with passkeys besides, with a fingerprint instead of passkeys. */
export const BEGINNINGS = ['fresh', 'with a PIN', 'with passkeys', 'with a fingerprint'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** The models that stories are played with, by the names of their profiles. */
export type Model = 'modern' | 'fingerprint' | 'older';

/** What a story is played with. */
export interface Stage {
  /** The first is the one it is about. */
  keys: readonly [PluggedKey, ...PluggedKey[]];
  person: Person;
  signal: AbortSignal | undefined;
}

/** Something that a person does with a key, from plugging it in to the end. */
export interface Story {
  name: string;
  begins: Beginning;
  models: readonly Model[];
  /** How many keys are plugged in; 1 where it does not say. */
  keys?: number;
  play(stage: Stage): Promise<unknown>;
}

export const RP_ID = 'login.microsoft.com';
/** Of a passkey that is on no key. */
export const STRANGE_ID = new Uint8Array(48).fill(7);

const id = (value: Uint8Array | string): string => Buffer.from(value).toString('base64url');

/** Options as Graph gives them. */
export const creationOptions = (user: string, exclude: readonly Uint8Array[] = []): unknown => ({
  rp: { id: RP_ID, name: 'Microsoft' },
  user: { id: id(user), name: `${user}@contoso.example`, displayName: user },
  challenge: id(new Uint8Array(32).fill(9)),
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  excludeCredentials: exclude.map((one) => ({ type: 'public-key', id: id(one) })),
  authenticatorSelection: { requireResidentKey: true },
  extensions: { hmacCreateSecret: true, credentialProtectionPolicy: 'userVerificationOptional' },
});

export const dialogueOf = ({ person, signal }: Stage): Dialogue => ({ prompts: person, signal });

/** What the operating system lists. */
export const pluggedOf =
  ({ keys }: Stage) =>
  async (): Promise<Device[]> =>
    keys.filter(({ plugged }) => plugged).map(({ device }) => device);

/** Opens the first key, does something with it, and closes it whatever happens. */
export const withKey =
  (use: (key: Key, dialogue: Dialogue) => Promise<unknown>) =>
  async (stage: Stage): Promise<unknown> => {
    const key = await openKey(stage.keys[0].device);
    try {
      return await use(key, dialogueOf(stage));
    } finally {
      await key.close();
    }
  };
