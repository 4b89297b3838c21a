import { timingSafeEqual } from 'node:crypto';
import { Fault } from '../../agent/protocol/fault';
import { type JobStateReply, type ResultRequest, type StartReplyOf } from '../../agent/protocol/messages';
import { type SignedApproval } from '../../agent/protocol/signed-approval';
import { verifyApproval } from '../../agent/protocol/verify-approval';
import { type Command } from '../tickets/commands';
import { signingOpen, type StepUp, stepUpWith } from '../tickets/step-up';
import { type Ticket } from '../tickets/ticket';
import { badRequest } from '../workstations';
import { type Deps, momentOf } from './deps';
import { jobNumberOf } from './details';
import { dispatch } from './dispatch';
import { decisionFacts } from './guard';
import { actorOf, mark, refusedJob, resultOf } from './job-row';
import { settleNow } from './outbox';
import { type KnownPasskey } from './passkeys-port';
import { type Stored, type WorkstationJob, type WorkstationRecord } from './ports';
import { signingKeys } from './step-up';

/** A job of act `approve` at the workstation that asks about it. */
interface Signing {
  row: WorkstationJob;
  ticket: Ticket;
  stepUp: StepUp;
}

type Taken = Extract<Command, { kind: 'approval-started' | 'sign-approval' | 'approval-failed' }>;
type Body = Taken extends infer C ? (C extends Taken ? Omit<C, 'at' | 'by'> : never) : never;

/** The signing that a job asks for, where it asks for one, and the workstation is the one it was given to. */
export async function signingOf(deps: Deps, workstation: WorkstationRecord, id: string): Promise<Signing | undefined> {
  const row = (await deps.workstations.job(workstation.id, id))?.value;
  const ticket = row && (await deps.tickets.load(row.ticket))?.ticket;
  const stepUp = ticket && stepUpWith(ticket, id);
  return row && ticket && stepUp?.workstation.id === workstation.id ? { row, ticket, stepUp } : undefined;
}

/** Whether a signature is still wanted, so that nobody is asked for one in vain. */
export function signingWanted(ticket: Ticket, job: string, now: string): boolean {
  const stepUp = stepUpWith(ticket, job);
  return stepUp !== undefined && signingOpen(ticket, stepUp, now);
}

async function take(deps: Deps, workstation: WorkstationRecord, { row }: Signing, body: Body, id: string) {
  const command = { ...body, at: momentOf(deps), by: actorOf(workstation) };
  const taken = await dispatch(deps, row.ticket, command, `${row.ticket}~${id}`);
  settleNow(deps, row.ticket);
  return taken;
}

async function fail(deps: Deps, workstation: WorkstationRecord, signing: Signing, code: string): Promise<void> {
  const { id } = signing.row;
  await take(deps, workstation, signing, { kind: 'approval-failed', job: id, code }, `unsigned~${id}`);
  await mark(deps, signing.row, { state: 'failed', code });
}

/**
 * The approver has typed the number that their chat shows (one try). Everything is asked again before their key is, so
 * that nobody signs what would not count.
 */
export async function startSigning(
  deps: Deps,
  workstation: WorkstationRecord,
  signing: Signing,
  number: string,
): Promise<StartReplyOf<'approve'>> {
  const { row, ticket, stepUp } = signing;
  if (!timingSafeEqual(Buffer.from(number), Buffer.from(jobNumberOf(deps, row.id)))) {
    await fail(deps, workstation, signing, 'number-wrong');
    throw refusedJob({ code: 'number-wrong' });
  }
  const facts = await decisionFacts(deps, ticket, stepUp.by.id);
  const body = { kind: 'approval-started', job: row.id, facts } as const;
  const { refusal } = await take(deps, workstation, signing, body, `signing~${row.id}`);
  if (refusal) {
    await mark(deps, row, { state: 'failed', code: refusal.code });
    throw refusedJob(refusal);
  }
  await mark(deps, row, { state: 'started' });
  return { act: 'approve' };
}

/** The highest counter seen stays; several signatures may arrive at once. */
async function noteCounter(deps: Deps, { value }: Stored<KnownPasskey>, signCount: number): Promise<void> {
  for (let tries = 0; tries < 4; tries += 1) {
    const known = await deps.passkeys.ofPerson(value.person);
    const found = known.find((one) => one.value.credentialId === value.credentialId);
    if (!found || found.value.signCount >= signCount) return;
    if (await deps.passkeys.put({ ...found.value, signCount }, found.etag)) return;
  }
}

/** A counter that does not grow says that there are two of this key (WebAuthn L3 §6.1.1, §7.2 step 22). */
function counterBack(known: number, now: number): boolean {
  return (known > 0 || now > 0) && now <= known;
}

interface Proven {
  proof: SignedApproval;
  key: Stored<KnownPasskey>;
  signCount: number;
}

/**
 * Verifies a signature against the public key that was kept when this approver's passkey was attested, while Entra
 * lists it for them. Which statement it is over is the ticket's to say, never the workstation's.
 * @throws Fault `approval-not-signed`, `approval-key-unknown`, `approval-key-copied`
 */
async function prove(
  deps: Deps,
  { stepUp: { by, statement } }: Signing,
  given: Pick<SignedApproval, 'credentialId' | 'authenticatorData' | 'signature'>,
): Promise<Proven> {
  const keys = await signingKeys(deps, by.id);
  const key = keys.find(({ value }) => value.credentialId === given.credentialId);
  if (!key) {
    throw new Fault({
      code: 'approval-key-unknown',
      say: 'This passkey is not, or no longer, one with which you can sign approvals.',
      todo: 'Use the key that you got through Keyvouch, or let another approver decide.',
    });
  }
  const { credentialId, authenticatorData, signature } = given;
  const proof = { statement, credentialId, authenticatorData, signature, publicKey: key.value.publicKey };
  const { signCount } = verifyApproval(proof);
  if (counterBack(key.value.signCount, signCount)) {
    deps.log('approval-counter', { person: by.id, known: key.value.signCount, now: signCount });
    throw new Fault({
      code: 'approval-key-copied',
      say: 'The counter of this security key went back, as if there were a second one with the same passkey.',
      todo: 'Do not use this key any more, and tell the security team.',
    });
  }
  return { proof, key, signCount };
}

async function takeSigned(
  deps: Deps,
  workstation: WorkstationRecord,
  signing: Signing,
  given: Pick<SignedApproval, 'credentialId' | 'authenticatorData' | 'signature'>,
): Promise<void> {
  const { row, ticket, stepUp } = signing;
  if (stepUp.state === 'signed') return;
  try {
    const { proof, key, signCount } = await prove(deps, signing, given);
    const facts = await decisionFacts(deps, ticket, stepUp.by.id);
    const body = { kind: 'sign-approval', job: row.id, facts, proof } as const;
    const { refusal } = await take(deps, workstation, signing, body, `signed~${row.id}`);
    if (refusal) throw refusedJob(refusal);
    await noteCounter(deps, key, signCount);
    await mark(deps, row, { state: 'done' });
  } catch (error) {
    // What can be tried again leaves the job as it is; the same result may then come once more.
    if (error instanceof Fault && !error.retry) await fail(deps, workstation, signing, error.code);
    throw error;
  }
}

/** What came of it at the workstation. Sent twice, it counts once. */
export async function takeSigning(
  deps: Deps,
  workstation: WorkstationRecord,
  signing: Signing,
  request: ResultRequest,
): Promise<void> {
  const { row } = signing;
  const result = await resultOf(deps, row, request, (code) => fail(deps, workstation, signing, code));
  if (result.outcome === 'failed') return fail(deps, workstation, signing, result.code);
  if (result.outcome === 'approved') return takeSigned(deps, workstation, signing, result);
  throw badRequest('result-odd', 'This is no result of that job: it is of another act.');
}

export function signingState({ ticket, stepUp }: Signing): JobStateReply {
  const { state, code } = stepUp;
  if (state === 'signed') return { state: 'done', removeCredential: false };
  if (ticket.status !== 'waiting') return { state: 'failed', code: ticket.status, removeCredential: false };
  return { state, ...(code && { code }), removeCredential: false };
}
