import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { cose, isoCBOR } from '@simplewebauthn/server/helpers';
import { FLOWS } from '../../bot/tickets/ticket';
import { approverKey, type ApproverKey, STATEMENT } from './approval.fixture';
import { type ApprovalStatement, approvalClientData, ApprovalStatement as Schema } from './approval-statement';
import { type Fault } from './fault';
import { SignedApproval } from './signed-approval';
import { verifyApproval } from './verify-approval';

const key = approverKey();

function verdict(signed: SignedApproval): string {
  try {
    verifyApproval(signed);
    return 'holds';
  } catch (error) {
    return `${(error as Fault).code}: ${String((error as Fault).facts['why'])}`;
  }
}

describe('a signed approval', () => {
  it.each<'EC' | 'RSA'>(['EC', 'RSA'])('of a key of kind %s holds, and tells its counter', (kind) => {
    const signed = approverKey(kind).sign(STATEMENT, { signCount: 7 });
    expect(verifyApproval(SignedApproval.parse(JSON.parse(JSON.stringify(signed))))).toEqual({ signCount: 7 });
  });

  it('is over every byte of the statement, in whatever order its members came', () => {
    const { ticket, ...rest } = STATEMENT;
    expect(verdict({ ...key.sign(STATEMENT), statement: { ...rest, ticket } })).toBe('holds');
  });

  const NOT_OVER = 'approval-not-signed: the signature is not over this statement by this key';
  const other = approverKey();
  it.each<[string, () => SignedApproval, string]>([
    ['another key signed', () => ({ ...other.sign(STATEMENT), publicKey: key.publicKey }), NOT_OVER],
    ['a key of another kind', () => ({ ...key.sign(STATEMENT), publicKey: approverKey('RSA').publicKey }), NOT_OVER],
    [
      'nobody touched the key',
      () => key.sign(STATEMENT, { flags: 0x04 }),
      'approval-not-signed: nobody touched the key',
    ],
    [
      'the key did not verify its person',
      () => key.sign(STATEMENT, { flags: 0x01 }),
      'approval-not-signed: the key did not verify its person',
    ],
    ['a registration', () => key.sign(STATEMENT, { flags: 0x45 }), 'approval-not-signed: it is a registration'],
    [
      'another site',
      () => key.sign(STATEMENT, { rpId: 'evil.example' }),
      'approval-not-signed: it is for another site',
    ],
    [
      'the flags were changed afterwards',
      () => {
        const signed = key.sign(STATEMENT, { flags: 0x01 });
        const data = Buffer.from(signed.authenticatorData, 'base64url');
        data[32] = 0x05;
        return { ...signed, authenticatorData: data.toString('base64url') };
      },
      NOT_OVER,
    ],
    [
      'the counter was changed afterwards',
      () => {
        const signed = key.sign(STATEMENT);
        const data = Buffer.from(signed.authenticatorData, 'base64url');
        data.writeUInt32BE(99, 33);
        return { ...signed, authenticatorData: data.toString('base64url') };
      },
      NOT_OVER,
    ],
    [
      'a sign-in in its place',
      () => key.sign(STATEMENT, { clientData: clientData('webauthn.get', 'https://login.microsoft.com') }),
      NOT_OVER,
    ],
    [
      'a sign-in at the service in its place',
      () => key.sign(STATEMENT, { clientData: clientData('webauthn.get', STATEMENT.audience) }),
      NOT_OVER,
    ],
    ['no signature', () => ({ ...key.sign(STATEMENT), signature: 'AAAA' }), NOT_OVER],
    [
      'an answer cut short',
      () => ({ ...key.sign(STATEMENT), authenticatorData: 'AAAA' }),
      'approval-not-signed: the answer of the key is too short',
    ],
  ])('does not hold: %s', (_, forge, why) => {
    expect(verdict(forge())).toBe(why);
  });

  const changes: [string, Partial<ApprovalStatement>][] = [
    ['another ticket', { ticket: 'KV-7Q2M-9E' }],
    ['another flow', { flow: 'lost-key' }],
    ['another subject', { subject: { ...STATEMENT.subject, id: 'eve' } }],
    ['another account of the subject', { subject: { ...STATEMENT.subject, userPrincipalName: 'adb@contoso.com' } }],
    ['another approver', { approver: { ...STATEMENT.approver, id: 'eve' } }],
    ['the place of somebody else', { insteadOf: { id: 'boss', name: 'Boss' } }],
    ['another requester', { requester: { id: 'eve', name: 'Eve' } }],
    ['a hander', { hander: { id: 'eve', name: 'Eve' } }],
    ['another way of recognising', { how: 'in-person' }],
    ['no code', { vouch: false }],
    ['a removal', { removes: [{ id: 'm', name: 'Blue key' }] }],
    ['a workstation', { workstations: [{ id: 'ws-1', name: 'Laptop' }] }],
    ['another job', { job: 'job-2' }],
    ['another service', { audience: 'https://keyvouch.examplf' }],
    ['a longer life', { exp: STATEMENT.exp + 1 }],
    ['another salt', { salt: '01JNGZ0000000000000000S4LU' }],
  ];
  it.each(changes)('does not hold for a statement with %s', (_, change) => {
    expect(verdict({ ...key.sign(STATEMENT), statement: { ...STATEMENT, ...change } })).toBe(NOT_OVER);
  });

  it('every member of the statement is among those', () => {
    const changed = changes.flatMap(([, change]) => Object.keys(change));
    expect(Object.keys(Schema.shape).filter((name) => !changed.includes(name))).toEqual(['iat']);
    expect(verdict({ ...key.sign(STATEMENT), statement: { ...STATEMENT, iat: 0 } })).toBe(NOT_OVER);
  });

  it('with any one bit flipped does not hold', () => {
    const signed = key.sign(STATEMENT);
    const lucky: string[] = [];
    for (const part of ['authenticatorData', 'signature'] as const) {
      const bytes = Buffer.from(signed[part], 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        if (verdict({ ...signed, [part]: flipped.toString('base64url') }) === 'holds') lucky.push(`${part} ${bit}`);
      }
    }
    expect(lucky).toEqual([]);
  });
});

function clientData(type: string, origin: string): Uint8Array {
  const { challenge } = JSON.parse(Buffer.from(approvalClientData(STATEMENT)).toString()) as { challenge: string };
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

describe('it is no sign-in', () => {
  /** A relying party that would take the key, the challenge and every origin there is. */
  async function signIn(client: Uint8Array, { publicKey, credentialId, sign }: ApproverKey) {
    const signed = sign(STATEMENT, { clientData: client });
    if (publicKey.kty !== 'EC') throw new Error('an EC key');
    const bytes = (part: string) => new Uint8Array(Buffer.from(part, 'base64url'));
    const cosePublicKey = new Map<number, number | Uint8Array>([
      [cose.COSEKEYS.kty, cose.COSEKTY.EC2],
      [cose.COSEKEYS.alg, cose.COSEALG.ES256],
      [cose.COSEKEYS.crv, cose.COSECRV.P256],
      [cose.COSEKEYS.x, bytes(publicKey.x)],
      [cose.COSEKEYS.y, bytes(publicKey.y)],
    ]);
    return verifyAuthenticationResponse({
      response: {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: Buffer.from(client).toString('base64url'),
          authenticatorData: signed.authenticatorData,
          signature: signed.signature,
        },
      },
      expectedChallenge: () => true,
      expectedOrigin: ['https://login.microsoft.com', STATEMENT.audience],
      expectedRPID: 'login.microsoft.com',
      credential: { id: credentialId, publicKey: new Uint8Array(isoCBOR.encode(cosePublicKey)), counter: 0 },
    });
  }

  it('a relying party refuses it for its type, even one that takes any challenge and our origin', async () => {
    await expect(signIn(approvalClientData(STATEMENT), key)).rejects.toThrow(
      'Unexpected authentication response type: keyvouch.approval',
    );
  });

  it('and would take the same key over client data of a sign-in: so it is the type that it refuses', async () => {
    const { verified } = await signIn(clientData('webauthn.get', 'https://login.microsoft.com'), key);
    expect(verified).toBe(true);
  });

  it('its client data is exactly type, challenge and origin', () => {
    const parsed = JSON.parse(Buffer.from(approvalClientData(STATEMENT)).toString()) as Record<string, unknown>;
    expect(Object.keys(parsed)).toEqual(['type', 'challenge', 'origin']);
    expect(parsed).toMatchObject({ type: 'keyvouch.approval', origin: 'https://keyvouch.example' });
    expect(parsed['challenge']).toHaveLength(43);
  });
});

it('statements can be made of every flow there is', () => {
  expect([...Schema.shape.flow.options].sort()).toEqual([...FLOWS].sort());
});
