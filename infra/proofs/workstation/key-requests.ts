import { randomUUID } from 'node:crypto';
import {
  PAIR_PROOF_TYPE,
  PROOF_TYPE,
  type ProofClaims,
  ROTATE_PROOF_TYPE,
} from '../../../agent/protocol/request-proof';
import { rotationText } from '../../../agent/protocol/rotation-text';
import { type WorkstationKey } from '../../../agent/service/key-store';
import { digestOf } from '../../../agent/service/signed-request';
import { flipBit, type Hands, type Sent } from './requests';

/** What naming the next key takes: whose path, which key signs, which key is named, and over which text it proves itself. */
interface Naming {
  workstation: string;
  present: WorkstationKey;
  next: WorkstationKey;
  /** Who makes the next key's proof. */
  prover: WorkstationKey;
  proofType: typeof ROTATE_PROOF_TYPE | typeof PAIR_PROOF_TYPE | typeof PROOF_TYPE;
  /** For which workstation and in place of which key the next one proves itself. */
  over: { workstation: string; present: string };
}

async function sentFor(service: string, naming: Naming): Promise<Sent> {
  const path = `/api/workstations/${naming.workstation}/key`;
  const iat = Math.floor(Date.now() / 1000);
  const claims = (text: string): ProofClaims => ({
    ...{ aud: service, htm: 'POST', htu: service + path, iat, exp: iat + 60, jti: randomUUID(), bh: digestOf(text) },
  });
  const { jwk } = naming.next;
  const over = rotationText(naming.over.workstation, naming.over.present, jwk);
  const body = JSON.stringify({ jwk, proof: await naming.prover.sign(naming.proofType, claims(over)) });
  return { method: 'POST', path, body, proof: await naming.present.sign(PROOF_TYPE, claims(body)) };
}

/** A true naming of a key by the workstation's own; `fresh` is one that nobody has paired. */
function trueNaming({ wanted, own, fresh }: KeyHands): Naming {
  const over = { workstation: wanted.workstation, present: own.thumbprint };
  return {
    ...{ workstation: wanted.workstation, present: own, next: fresh, prover: fresh },
    ...{ proofType: ROTATE_PROOF_TYPE, over },
  };
}

export interface KeyHands extends Hands {
  fresh: WorkstationKey;
}

const named =
  (change: (hands: KeyHands) => Partial<Naming>, bend: (sent: Sent, hands: KeyHands) => Sent = (sent) => sent) =>
  async (hands: KeyHands): Promise<Sent> =>
    bend(await sentFor(hands.wanted.service, { ...trueNaming(hands), ...change(hands) }), hands);

const nothing = (): Partial<Naming> => ({});

/** Namings of a next key of which each is to be refused: whoever gets one through holds the workstation from then on. */
export const FORGED_KEYS: Readonly<Record<string, (hands: KeyHands) => Promise<Sent>>> = {
  'a next key without a proof': named(nothing, (sent) => ({ ...sent, proof: undefined })),
  'a next key, a bit of the signature': named(nothing, (sent, { dice }) => ({
    ...sent,
    proof: flipBit(sent.proof ?? '', 2, dice),
  })),
  'a next key, signed by another workstation': named(({ other }) => ({ present: other.key })),
  'a next key, signed by itself': named(({ fresh }) => ({ present: fresh })),
  'a next key put into another body': named(nothing, (sent, { other }) => ({
    ...sent,
    body: sent.body.replace(/"x":"[^"]*"/, `"x":"${String((other.key.jwk as { x?: string }).x)}"`),
  })),
  'a next key that proves nothing': named(({ own }) => ({ prover: own })),
  'a next key that proves itself to another workstation': named(({ other, own }) => ({
    over: { workstation: other.id, present: own.thumbprint },
  })),
  'a next key in place of another': named(({ wanted, other }) => ({
    over: { workstation: wanted.workstation, present: other.key.thumbprint },
  })),
  'a next key with a proof for pairing': named(() => ({ proofType: PAIR_PROOF_TYPE })),
  'a next key with a proof for a request': named(() => ({ proofType: PROOF_TYPE })),
  'the key of another workstation as the next': named(({ other }) => ({ next: other.key, prover: other.key })),
  'the present key as the next': named(({ own }) => ({ next: own, prover: own })),
};
