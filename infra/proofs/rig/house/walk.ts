import { createHash } from 'node:crypto';
import { jobsFor, startJob, takeResult } from '../../../../bot/service';
import { type WorkstationRecord } from '../../../../bot/service/ports';
import { hasStep } from '../../../../bot/tickets/plan';
import { type TicketVerb } from '../../../../bot/tickets/verbs';
import { softwareKey } from '../../../local/entra/software-authenticator.fixture';
import { type Answered, press, type Via } from './hands';
import { type House } from './house';
import { type Room } from './room';

/** A button of a ticket, pressed as it stands now, with all that comes of it done. */
export async function click(
  room: Room,
  person: { id: string },
  ticket: string,
  verb: TicketVerb,
  more: Readonly<Record<string, unknown>> & { via?: Via } = {},
): Promise<Answered> {
  const { via, ...typed } = more;
  const stored = await room.house.processes[0].deps.tickets.load(ticket);
  const nonce = `v${stored?.ticket.version ?? 0}`;
  const answer = await press(room.house, person.id, { verb, ticket, nonce, ...typed }, via);
  await room.house.rest();
  return answer;
}

/** Somebody decides. @returns the code they are to pass on, if there is one @throws Error where they may not */
export async function approve(room: Room, ticket: string, by: { id: string }): Promise<string> {
  const { letters = '', text } = await click(room, by, ticket, 'approve', { how: 'video' });
  const { status } = await room.ticket(ticket);
  if (status === 'waiting') throw new Error(`the right one was not let through: ${text}`);
  return letters.replace(/\s/g, '');
}

/** The one who receives takes a way and types the code. @throws Error where that is not taken */
export async function vouchFor(
  room: Room,
  ticket: string,
  by: { id: string },
  code: string,
  verb: 'choose-pass' | 'choose-workstation' = 'choose-pass',
): Promise<void> {
  if (hasStep(await room.ticket(ticket), 'choose')) await click(room, by, ticket, verb);
  const { text } = await click(room, by, ticket, 'vouch', { code });
  if (!(await room.ticket(ticket)).vouchedAt) throw new Error(`the true code was not taken: ${text}`);
}

const digestOf = (jws: string): string => createHash('sha256').update(jws).digest('base64url');

/** What a workstation does, by its own record: authentication is another proof's. */
export interface AtWorkstation {
  /** The jobs that wait for it, as it would fetch them. */
  jobs(): Promise<readonly string[]>;
  /** The number is typed: the job begins. @returns Entra's challenge @throws Fault where it is refused */
  begin(job: string, number: string): Promise<string>;
  /** The key that is there is locked for ever, and one of the subject's passkeys is on it. */
  look(job: string, jws: string, passkey: string): Promise<void>;
  /** A key makes a credential over the challenge, and the result is sent. @throws Fault where it is refused */
  bring(job: string, jws: string, challenge: string): Promise<void>;
}

export function atWorkstation(house: House, id: string): AtWorkstation {
  const { deps } = house.processes[1];
  const key = softwareKey(house.maker);
  const record = async (): Promise<WorkstationRecord> => {
    const found = await deps.workstations.get(id);
    if (!found) throw new Error(`there is no workstation ${id}`);
    return found.value;
  };
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  return {
    jobs: async () => (await jobsFor(deps, await record())).jobs,
    async begin(job, number) {
      const reply = await startJob(deps, await record(), job, number);
      await house.rest();
      return reply.act === 'register' ? String(reply.options['challenge']) : '';
    },
    async look(job, jws, passkey) {
      const report = {
        ...{ aaguid: house.maker.aaguid, firmware: null, versions: ['FIDO_2_1'], fingerprints: 'no-reader' as const },
        pin: { set: true, retriesLeft: 0, blocked: 'for-ever' as const, changeForced: false, minimumLength: 4 },
        ...{ roomLeft: null, alwaysUv: false, answered: [passkey] },
      };
      await takeResult(deps, await record(), job, { outcome: 'inspected', jobDigest: digestOf(jws), report });
      await house.rest();
    },
    async bring(job, jws, challenge) {
      const client = { type: 'webauthn.create', challenge, origin: 'https://login.microsoft.com', crossOrigin: false };
      const clientDataJSON = Buffer.from(JSON.stringify(client));
      const user = { id: new Uint8Array([1]), name: 'user', displayName: 'User' };
      const made = await key.register({ clientDataJSON, user, exclude: [] });
      await takeResult(deps, await record(), job, {
        outcome: 'made',
        jobDigest: digestOf(jws),
        credentialId: text(made.credentialId),
        clientDataJSON: text(clientDataJSON),
        attestationObject: text(made.attestationObject),
        transports: ['usb'],
      });
      await house.rest();
    },
  };
}
