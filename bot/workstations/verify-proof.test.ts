import { verifyProof } from './verify-proof';

it('refuses a key that is no point of its curve as a bad proof, not as a fault of ours', async () => {
  const offCurve = { kty: 'EC' as const, crv: 'P-256' as const, x: 'A'.repeat(43), y: 'B'.repeat(43) };
  const expected = {
    ...{ type: 'x', jwk: offCurve, thumbprint: 't', method: 'POST', url: 'https://keyvouch.example/api' },
    ...{ audience: 'https://keyvouch.example', body: '', now: new Date('2026-03-02T09:00:00Z') },
  };
  await expect(verifyProof('a.b.c', expected)).rejects.toMatchObject({ code: 'proof-bad' });
});
