import { type Command } from '../tickets/commands';
import { type PersonRef } from '../tickets/people';
import { type Deps } from './deps';
import { helpdeskMembers } from './helpdesk-members';
import { type Member } from './member';

/** What the helpdesk does to a ticket beside its own course; of these the requester may do one: `nudge`. */
export type DeskVerb = 'assign' | 'assign-me' | 'unassign' | 'nudge' | 'resend';

type Body<K extends Command['kind']> = Omit<Extract<Command, { kind: K }>, 'at' | 'by'>;

/** Somebody of the helpdesk, as the group is now; undefined: they are not in it. */
async function colleague(deps: Deps, id: string): Promise<PersonRef | undefined> {
  const members = await helpdeskMembers(deps);
  const found = members.find((one) => one.id === id);
  return found && { id: found.id, name: found.displayName };
}

/** @param person object id of whom the button or the list names: the colleague, the approver, whose card it is */
export async function deskCommand(
  deps: Deps,
  member: Member,
  verb: DeskVerb,
  person?: string,
): Promise<Body<'assign'> | Body<'unassign'> | Body<'nudge'> | Body<'resend'>> {
  const { helpdesk } = member;
  switch (verb) {
    case 'assign-me':
      return { kind: 'assign', to: { id: member.id, name: member.name }, toHelpdesk: helpdesk, helpdesk };
    case 'assign': {
      if (!helpdesk || !person) return { kind: 'assign', toHelpdesk: false, helpdesk };
      const to = await colleague(deps, person);
      return { kind: 'assign', to: to ?? { id: person, name: '' }, toHelpdesk: to !== undefined, helpdesk };
    }
    case 'unassign':
      return { kind: 'unassign', helpdesk };
    case 'nudge':
      return { kind: 'nudge', helpdesk, ...(helpdesk && person && { approver: person }) };
    case 'resend':
      return { kind: 'resend', person: person ?? '', helpdesk };
  }
}
