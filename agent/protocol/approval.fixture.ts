import { createHash, type KeyObject, generateKeyPairSync, sign } from 'node:crypto';
import { type ApprovalStatement, approvalClientData } from './approval-statement';
import { ApprovalKey, type SignedApproval } from './signed-approval';

/** Grace's approval of Ada's first key, as she is asked to sign it. */
export const STATEMENT: ApprovalStatement = {
  audience: 'https://keyvouch.example',
  job: 'job-1',
  salt: '01JNGZ0000000000000000S4LT',
  ticket: 'KV-7Q2M-9D',
  flow: 'onboarding',
  subject: { id: 'ada', name: 'Ada Lovelace', userPrincipalName: 'ada@contoso.com' },
  approver: { id: 'grace', name: 'Grace Hopper', userPrincipalName: 'grace@contoso.com' },
  requester: { id: 'ada', name: 'Ada Lovelace' },
  how: 'video',
  vouch: true,
  removes: [],
  workstations: [],
  iat: 1_772_438_400,
  exp: 1_772_440_200,
};

/** What a test may spoil of the key's answer. */
export interface Spoils {
  rpId?: string;
  flags?: number;
  signCount?: number;
  /** Signed in place of the client data of the statement. */
  clientData?: Uint8Array;
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** An approver's security key in this process. */
export function approverKey(kind: 'EC' | 'RSA' = 'EC') {
  const pair: { privateKey: KeyObject; publicKey: KeyObject } =
    kind === 'EC'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = ApprovalKey.parse(pair.publicKey.export({ format: 'jwk' }));
  const credentialId = text(sha256(JSON.stringify(publicKey)));
  return {
    publicKey,
    credentialId,
    sign(statement: ApprovalStatement, spoils: Spoils = {}): SignedApproval {
      const { rpId = 'login.microsoft.com', flags = 0x05, signCount = 1 } = spoils;
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(signCount);
      const data = Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
      const client = sha256(spoils.clientData ?? approvalClientData(statement));
      const signature = sign('sha256', Buffer.concat([data, client]), pair.privateKey);
      return { statement, credentialId, publicKey, authenticatorData: text(data), signature: text(signature) };
    },
  };
}
export type ApproverKey = ReturnType<typeof approverKey>;
