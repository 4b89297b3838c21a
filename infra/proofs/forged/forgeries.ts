import { randomUUID, type webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';
import { type Dice } from '../seed';

/** What a forger has to work with. */
export interface Workshop {
  dice: Dice;
  /** A true token that was read off the wire. */
  good: string;
  /** A key of the forger's own. */
  ownKey: webcrypto.CryptoKey;
  /** What Teams' keys are published as: text a forger might try as a secret. */
  publicKey: string;
  /** Object ids: a guest, and one whose account is disabled. */
  guest: string;
  disabled: string;
}

export interface TokenWishes {
  issuer?: string;
  audience?: string;
  serviceUrl?: string;
  expiresIn?: number;
}

/** One forged request: a token that is not what it says, or a true one on an activity that is not ours to answer. */
export interface Forgery {
  kind: string;
  /** As {@link SendOptions}: wishes, a whole header, null for none; undefined: a true token. */
  token?: TokenWishes | string | null;
  /** Bends the activity. */
  bend?: (activity: Record<string, unknown>) => Record<string, unknown>;
  /** `unauthorized`: the token alone must be enough to be turned away. */
  must: 'unauthorized' | 'no-effect';
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (token: string): string => `Bearer ${token}`;

function parts(token: string): { header: Record<string, unknown>; claims: Record<string, unknown>; signature: Buffer } {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  return { header: read(header), claims: read(claims), signature: Buffer.from(signature, 'base64url') };
}

/** One bit of the decoded signature, so that it is really another one. */
function flipped({ dice, good }: Workshop): string {
  const [header = '', claims = ''] = good.split('.');
  const { signature } = parts(good);
  const at = dice.below(signature.length);
  signature.writeUInt8(signature.readUInt8(at) ^ (1 << dice.below(8)), at);
  return [header, claims, signature.toString('base64url')].join('.');
}

/** The good signature under other claims. */
function swapped({ dice, good }: Workshop): string {
  const { header, claims, signature } = parts(good);
  const changed = dice.one([
    { exp: Number(claims['exp']) + 1 + dice.below(100_000) },
    { iss: `https://api.botframework.com.evil-${dice.below(1e6)}.example` },
    { serviceurl: `https://evil-${dice.below(1e6)}.example/` },
  ]);
  return [base64url(header), base64url({ ...claims, ...changed }), signature.toString('base64url')].join('.');
}

async function signedWith(good: string, key: webcrypto.CryptoKey | Uint8Array, alg: string): Promise<string> {
  const { header, claims } = parts(good);
  return new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(key);
}

type Make = (workshop: Workshop) => Promise<Omit<Forgery, 'kind' | 'must'>> | Omit<Forgery, 'kind' | 'must'>;

const TOKENS: Readonly<Record<string, Make>> = {
  none: () => ({ token: null }),
  empty: ({ dice }) => ({
    token: dice.one(['', 'Bearer', 'Bearer ', 'Bearer a.b.c', 'Bearer ..', 'Basic Ym90OmJvdA==']),
  }),
  rubbish: ({ dice }) => ({
    token: bearer(
      Array.from({ length: 3 }, () =>
        Buffer.from(Array.from({ length: 40 }, () => dice.below(256))).toString('base64url'),
      ).join('.'),
    ),
  }),
  'own key': async ({ good, ownKey }) => ({ token: bearer(await signedWith(good, ownKey, 'RS256')) }),
  'alg none': ({ good }) => {
    const { header, claims } = parts(good);
    return { token: bearer(`${base64url({ ...header, alg: 'none' })}.${base64url(claims)}.`) };
  },
  'alg HS256 with the public key': async ({ good, publicKey }) => ({
    token: bearer(await signedWith(good, new TextEncoder().encode(publicKey), 'HS256')),
  }),
  'another signature': (workshop) => ({ token: bearer(flipped(workshop)) }),
  'other claims, old signature': (workshop) => ({ token: bearer(swapped(workshop)) }),
  'another issuer': ({ dice }) => ({
    token: {
      issuer: dice.one([
        'https://sts.windows.net/common/',
        'https://evil.example',
        'https://api.botframework.com/',
        '',
      ]),
    },
  }),
  'another app': () => ({ token: { audience: randomUUID() } }),
  // Five minutes of clock skew are allowed.
  expired: ({ dice }) => ({ token: { expiresIn: -310 - dice.below(100_000) } }),
  'another service URL in the token': ({ dice }) => ({
    token: { serviceUrl: `https://evil-${dice.below(1e6)}.example/` },
  }),
  'another service URL in the activity': ({ dice }) => ({
    bend: (activity) => ({ ...activity, serviceUrl: `http://127.0.0.1:9/evil-${dice.below(1e6)}/` }),
  }),
};

const from = (aadObjectId: string | undefined) => (activity: Record<string, unknown>) => ({
  ...activity,
  from: { id: `29:1${randomUUID()}`, name: 'Somebody', ...(aadObjectId !== undefined && { aadObjectId }) },
});
const tenant = (channel: string, conversation: string) => (activity: Record<string, unknown>) => ({
  ...activity,
  channelData: { ...(activity['channelData'] as object), tenant: { id: channel } },
  conversation: { ...(activity['conversation'] as object), tenantId: conversation },
});

/** With a true token: Teams itself says who speaks, and it is nobody whom Keyvouch works for. */
const SPEAKERS: Readonly<Record<string, Make>> = {
  'a guest': ({ guest }) => ({ bend: from(guest) }),
  'a disabled account': ({ disabled }) => ({ bend: from(disabled) }),
  'somebody unknown': () => ({ bend: from(randomUUID()) }),
  nobody: () => ({ bend: from(undefined) }),
  'another tenant': () => ({ bend: tenant(randomUUID(), randomUUID()) }),
  'two tenants at once': () => ({
    bend: (activity) =>
      tenant(randomUUID(), String((activity['conversation'] as { tenantId?: string }).tenantId))(activity),
  }),
};

export const KINDS: readonly string[] = [...Object.keys(TOKENS), ...Object.keys(SPEAKERS)];

/** @throws Error for a kind that there is not */
export async function forge(kind: string, workshop: Workshop): Promise<Forgery> {
  const byToken = TOKENS[kind];
  const make = byToken ?? SPEAKERS[kind];
  if (!make) throw new Error(`nobody forges "${kind}"`);
  return { kind, must: byToken ? 'unauthorized' : 'no-effect', ...(await make(workshop)) };
}
