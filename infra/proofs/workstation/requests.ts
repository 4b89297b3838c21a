import { randomUUID } from 'node:crypto';
import { PAIR_PROOF_TYPE, PROOF_TYPE, type ProofClaims } from '../../../agent/protocol/request-proof';
import { type WorkstationKey } from '../../../agent/service/key-store';
import { digestOf } from '../../../agent/service/signed-request';
import { type Dice } from '../seed';

/** A request as it goes over the wire. */
export interface Sent {
  method: 'GET' | 'POST';
  /** Path below the service's URL. */
  path: string;
  body: string;
  proof: string | undefined;
}

/** The request that would have an effect, were it the workstation's own: a job begins. */
export interface Wanted {
  service: string;
  workstation: string;
  job: string;
  number: string;
}

export interface Hands {
  dice: Dice;
  wanted: Wanted;
  /** The workstation's own key: for true signatures over what was not asked. */
  own: WorkstationKey;
  /** Another paired workstation of another person. */
  other: { id: string; key: WorkstationKey };
}

const pathOf = ({ workstation, job }: Pick<Wanted, 'workstation' | 'job'>): string =>
  `/api/workstations/${workstation}/jobs/${job}/start`;

export const bodyOf = ({ number }: Pick<Wanted, 'number'>): string => JSON.stringify({ number });

/** The claims of a true proof, made now. */
export function trueClaims(wanted: Wanted): ProofClaims {
  const iat = Math.floor(Date.now() / 1000);
  const htu = wanted.service + pathOf(wanted);
  return { aud: wanted.service, htm: 'POST', htu, iat, exp: iat + 60, jti: randomUUID(), bh: digestOf(bodyOf(wanted)) };
}

export async function trueRequest({ wanted, own }: Pick<Hands, 'wanted' | 'own'>): Promise<Sent> {
  const proof = await own.sign(PROOF_TYPE, trueClaims(wanted));
  return { method: 'POST', path: pathOf(wanted), body: bodyOf(wanted), proof };
}

/** Turns one bit of what a part of a JWS really holds. */
export function flipBit(jws: string, part: number, dice: Dice): string {
  const parts = jws.split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  const at = dice.below(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << dice.below(8)), at);
  parts[part] = bytes.toString('base64url');
  return parts.join('.');
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A proof by the workstation's own key that says something else than this request. */
function saying(change: (hands: Hands, claims: ProofClaims) => Partial<Record<keyof ProofClaims, unknown>>) {
  return async (hands: Hands): Promise<Sent> => {
    const claims = trueClaims(hands.wanted);
    const proof = await hands.own.sign(PROOF_TYPE, { ...claims, ...change(hands, claims) });
    return { ...(await trueRequest(hands)), proof };
  };
}

const bent =
  (bend: (sent: Sent, hands: Hands) => Partial<Sent> | Promise<Partial<Sent>>) =>
  async (hands: Hands): Promise<Sent> => {
    const sent = await trueRequest(hands);
    return { ...sent, ...(await bend(sent, hands)) };
  };

/** Requests of which each is to be refused, by what is wrong with them. */
export const FORGED_REQUESTS: Readonly<Record<string, (hands: Hands) => Promise<Sent>>> = {
  'no proof': bent(() => ({ proof: undefined })),
  'a bit of the header': bent(({ proof = '' }, { dice }) => ({ proof: flipBit(proof, 0, dice) })),
  'a bit of the claims': bent(({ proof = '' }, { dice }) => ({ proof: flipBit(proof, 1, dice) })),
  'a bit of the signature': bent(({ proof = '' }, { dice }) => ({ proof: flipBit(proof, 2, dice) })),
  'alg none': bent(({ proof = '' }, { own }) => ({
    proof: `${encode({ alg: 'none', typ: PROOF_TYPE, kid: own.thumbprint })}.${proof.split('.')[1] ?? ''}.`,
  })),
  'another body': bent((_sent, { wanted }) => ({ body: bodyOf({ number: wanted.number === '00' ? '01' : '00' }) })),
  'another path': bent((_sent, { wanted }) => ({ path: pathOf({ ...wanted, job: `job-${randomUUID()}` }) })),
  "another workstation's path": bent((_sent, { wanted, other }) => ({
    path: pathOf({ ...wanted, workstation: other.id }),
  })),
  "another workstation's key": bent(async (_sent, { wanted, other }) => ({
    proof: await other.key.sign(PROOF_TYPE, trueClaims(wanted)),
  })),
  "another workstation's own request for this job": async ({ wanted, other }) =>
    trueRequest({ wanted: { ...wanted, workstation: other.id }, own: other.key }),
  'a proof for pairing': bent(async (_sent, { wanted, own }) => ({
    proof: await own.sign(PAIR_PROOF_TYPE, trueClaims(wanted)),
  })),
  'another audience': saying(({ dice }) => ({ aud: `http://127.0.0.1:${1 + dice.below(9)}` })),
  'another method': saying(() => ({ htm: 'GET' })),
  'another address': saying(({ wanted, dice }) => ({
    htu: `${wanted.service}/api/workstations/ws-${dice.below(1e6)}/jobs`,
  })),
  'another digest': saying(({ dice }) => ({ bh: digestOf(String(dice.below(1e9))) })),
  'a clock that is slow': saying(({ dice }, { iat, exp }) => {
    const by = 130 + dice.below(100_000);
    return { iat: iat - by, exp: exp - by };
  }),
  'a clock that is fast': saying(({ dice }, { iat, exp }) => {
    const by = 65 + dice.below(100_000);
    return { iat: iat + by, exp: exp + by };
  }),
  'a proof that lives long': saying(({ dice }, { exp }) => ({ exp: exp + 1 + dice.below(100_000) })),
  'a short id': saying(() => ({ jti: 'again' })),
};
