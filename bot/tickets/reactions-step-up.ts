import { type Command } from './commands';
import { type Wanted } from './effects';
import { type TicketEvent } from './events';
import { stepUpWith } from './step-up';
import { type Ticket } from './ticket';

type StepUpEvent = Extract<TicketEvent, { kind: 'approval-begun' | 'approval-started' | 'approval-failed' }>;

/** The signing is between one approver and Keyvouch: nobody else's card says anything of it before it is an approval. */
export function stepUpReactions(ticket: Ticket, event: StepUpEvent): Wanted[] {
  const person = event.kind === 'approval-begun' ? event.person.id : stepUpWith(ticket, event.job)?.by.id;
  const offer: Wanted[] =
    event.kind === 'approval-begun' ? [{ effect: { kind: 'offer-approval', job: event.job } }] : [];
  return person === undefined
    ? offer
    : [...offer, { effect: { kind: 'card', person, slot: 'approval', nudge: false } }];
}

/** Who has signed at a workstation is not looking at the chat: the code to pass on is news there. */
export function tellSigners({ approvals }: Ticket): Wanted[] {
  return approvals.map(({ by }) => ({ effect: { kind: 'card', person: by.id, slot: 'approval', nudge: true } }));
}

/** The key has proven what it is: its owner may sign approvals with it from now on. */
export function keepPasskey(command: Extract<Command, { kind: 'key-made' }>): Wanted[] {
  const { attested, credentialId, attestationObject } = command;
  return attested ? [{ effect: { kind: 'keep-passkey', credentialId, attestationObject } }] : [];
}
