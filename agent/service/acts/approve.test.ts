import { randomBytes } from 'node:crypto';
import { attestedKey } from '../../../bot/workstations';
import { NUMBER, startService, type TestService } from '../../../bot/workstations/service.fixture';
import { type ProfileName, startVirtualKey, type VirtualKey } from '../../../infra/local/key';
import { approverKey, STATEMENT } from '../../protocol/approval.fixture';
import { type ApprovalStatement } from '../../protocol/approval-statement';
import { type SignedApproval } from '../../protocol/signed-approval';
import { verifyApproval } from '../../protocol/verify-approval';
import { job, PIN, registered, run, running, type Station } from '../job-run.fixture';
import { closeAll, paired } from '../workstation.fixture';

afterEach(closeAll);

async function setUp(profile: ProfileName = 'modern') {
  const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto', profile }))];
  const station = await paired(chat);
  const id = await registered(chat, station, key);
  const made = chat.results.findLast((result) => result.outcome === 'made');
  const known = made?.outcome === 'made' ? attestedKey(made.attestationObject) : undefined;
  if (!known) throw new Error('no passkey was made');
  return { chat, key, station, id, publicKey: known.publicKey, known };
}

/** The job by which Grace is asked for her signature, at her own workstation. */
function asking(chat: TestService, change: Partial<ApprovalStatement> = {}) {
  const iat = Math.floor(Date.now() / 1000);
  const jti = `job-${randomBytes(8).toString('hex')}`;
  const statement = { ...STATEMENT, audience: chat.url, job: jti, iat, exp: iat + 3600, ...change };
  return { statement, claims: { act: 'approve', jti, decision: '', approvedBy: [], statement } };
}

const ask = { pins: [PIN], answers: [NUMBER] };

it.each<ProfileName>(['modern', 'older', 'small'])(
  'a key (%s) signs the statement with PIN and touch',
  async (profile) => {
    const at = await setUp(profile);
    const { statement, claims } = asking(at.chat);
    const { settled, prompts, read } = await job(at, { ...claims, credentialIds: [at.id] }, { script: ask });
    expect(settled).toMatchObject([{ state: 'done' }]);
    expect(read).toMatchObject({ act: 'approve', outcome: 'approved', credentialId: at.id });
    const { credentialId, authenticatorData, signature } = read as unknown as SignedApproval;
    const signed = { statement, credentialId, authenticatorData, signature, publicKey: at.publicKey };
    expect(verifyApproval(signed).signCount).toBeGreaterThan(at.known.signCount);
    expect(() => verifyApproval({ ...signed, statement: { ...statement, ticket: 'KV-AAAA-AA' } })).toThrow();
    expect(prompts.log.filter((line) => line.startsWith('touch '))).toEqual([
      'touch Touch the key to sign your approval.',
    ]);
  },
);

it('shows all of the statement before the number is asked for', async () => {
  const at = await setUp();
  const { claims } = asking(at.chat, {
    flow: 'lost-key',
    hander: { id: 'hugo', name: 'Hugo' },
    insteadOf: { id: 'boss', name: 'The Boss' },
    removes: [{ id: 'm', name: 'Blue key' }],
    workstations: [{ id: 'ws', name: "Ada's laptop" }],
  });
  const { prompts } = await job(at, { ...claims, credentialIds: [at.id] }, { script: ask });
  const shown = prompts.log
    .slice(
      0,
      prompts.log.findIndex((line) => line.startsWith('ask ')),
    )
    .join('\n');
  for (const part of [
    'Sign your approval for Ada Lovelace (ada@contoso.com)',
    'a new way to sign in',
    'You are Grace Hopper (grace@contoso.com)',
    'on video',
    'request KV-7Q2M-9D',
    'Hugo receives it',
    'in the place of The Boss',
    '"Blue key"',
    '"Ada\'s laptop"',
    'still need the code',
    'UTC',
    'signs nobody in anywhere',
  ])
    expect(shown).toContain(part);
});

it('a key without the passkey signs nothing', async () => {
  const at = await setUp();
  const { claims } = asking(at.chat);
  const stranger = Buffer.alloc(48, 7).toString('base64url');
  const { settled, read } = await job(at, { ...claims, credentialIds: [stranger] }, { script: ask });
  expect(settled).toMatchObject([{ state: 'failed', code: 'approval-other-key' }]);
  expect(read).toMatchObject({ act: 'approve', outcome: 'failed', code: 'approval-other-key' });
});

it('of several passkeys the one that is on the key signs', async () => {
  const at = await setUp();
  const { claims } = asking(at.chat);
  const strangers = [7, 8, 9].map((byte) => Buffer.alloc(48, byte).toString('base64url'));
  const { read } = await job(at, { ...claims, credentialIds: [...strangers, at.id] }, { script: ask });
  expect(read).toMatchObject({ outcome: 'approved', credentialId: at.id });
});

describe("the subject's agent", () => {
  interface At {
    chat: TestService;
    key: VirtualKey;
    station: Station;
  }
  const PINS = { pins: [PIN, PIN], answers: [NUMBER] };
  const first = approverKey();

  async function subject(): Promise<At> {
    const [chat, key] = [await running(startService()), await running(startVirtualKey({ touch: 'auto' }))];
    chat.switches.roots = [key.attestationRootPem];
    return { chat, key, station: await paired(chat) };
  }
  function statement({ chat }: At): ApprovalStatement {
    const iat = Math.floor(Date.now() / 1000);
    return { ...STATEMENT, audience: chat.url, iat, exp: iat + 3600 };
  }
  const approvers = async ({ station }: At) => (await station.at.pairings.read()).pairing?.approvers;

  it('runs a job that its approver has signed, says so, and remembers the key', async () => {
    const at = await subject();
    const approvals = [first.sign(statement(at))];
    const { settled, prompts } = await job(at, { stepUp: true, approvals }, { script: PINS });
    expect(settled).toMatchObject([{ state: 'registered' }]);
    expect(prompts.log.join('\n')).toContain('approved by Grace Hopper with their security key');
    expect(prompts.log.join('\n')).toMatch(/remember the key of Grace Hopper: \w{5} \w{5} \w{5}\./);
    expect(Object.keys((await approvers(at)) ?? {})).toEqual(['grace']);

    const again = await job(at, { stepUp: true, approvals }, { script: { pins: [PIN], answers: [NUMBER] } });
    expect(again.prompts.log.join('\n')).not.toContain('remember');
  });

  it('does not run one that is not signed, and tells the person', async () => {
    const at = await subject();
    const forged = { ...first.sign(statement(at)), signature: 'AAAA' };
    await at.chat.offer(at.station.pairing.workstation, { stepUp: true, approvals: [forged] });
    const { settled, prompts } = await run(at.station, at.key, { script: PINS });
    expect(settled).toEqual([]);
    expect(prompts.log.join('\n')).toContain('(approval-not-signed)');
    expect(await approvers(at)).toBeUndefined();
  });

  it.each([
    ['YES', 'registered', 2],
    ['no', 'failed', 1],
  ])('asks for a typed yes where the approver has another key: %s', async (answer, state, keys) => {
    const at = await subject();
    await job(at, { stepUp: true, approvals: [first.sign(statement(at))] }, { script: PINS });
    const other = [approverKey().sign(statement(at))];
    const script = { pins: [PIN], answers: [answer, NUMBER] };
    const { settled, prompts } = await job(at, { stepUp: true, approvals: other }, { script });
    expect(settled).toMatchObject([{ state }]);
    expect(prompts.log.join('\n')).toContain('Careful: Grace Hopper has signed with another security key than before');
    expect((await approvers(at))?.['grace']).toHaveLength(keys);
    expect(settled[0]?.code).toBe(state === 'failed' ? 'approver-key-refused' : undefined);
  });
});
