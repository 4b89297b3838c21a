import { decodeJwt } from 'jose';
import { type Account } from './crowd';
import { type Room } from './room';
import { atWorkstation, click } from './walk';

/**
 * A workstation looks at the subject's locked key, so that its approvers are asked: it is locked for ever, and holds the
 * newest of the passkeys.
 * @throws Error where nobody is asked after it
 */
export async function lookAtKey(
  room: Room,
  ticket: string,
  { subject, recipient }: { subject: Account; recipient: { id: string } },
  workstation: string,
): Promise<void> {
  const { letters: number = '', text } = await click(room, recipient, ticket, 'diagnose', { workstation });
  const agent = atWorkstation(room.house, workstation);
  const { job } = await room.ticket(ticket);
  // A desk's workstation may have jobs of other tickets as well.
  const jws = (await agent.jobs()).find((one) => decodeJwt(one).jti === job?.id);
  const passkey = room.house.entra.view(subject.id).passkeys.findLast(({ alive }) => alive)?.id;
  if (!job || jws === undefined || passkey === undefined) throw new Error(`nobody looks at the key: ${text}`);
  await agent.begin(job.id, number);
  await agent.look(job.id, jws, passkey);
}
