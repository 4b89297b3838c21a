import { timingSafeEqual } from 'node:crypto';
import { Secret } from '../../agent/protocol/secret';
import { type Command, type Refusal } from '../tickets/commands';
import { alreadyOver } from '../tickets/decide/approval';
import { barredRecipient } from '../tickets/decide/way';
import { commandId, type TicketId } from '../tickets/ids';
import { type Recognition, type Ticket, type WorkstationRef } from '../tickets/ticket';
import { type TicketVerb } from '../tickets/verbs';
import { viewOf } from '../tickets/view';
import { digestOf } from '../workstations';
import { refreshAfter } from './refresh-approvers';
import { type Deps, momentOf } from './deps';
import { deskCommand } from './desk-command';
import { desksInUse } from './desks';
import { detailsOf, vouchCodeOf } from './details';
import { dispatch } from './dispatch';
import { freezeCommand, thawFacts } from './freeze';
import { decisionFacts, guard } from './guard';
import { lookGuard } from './key-guard';
import { type Member } from './member';
import { type Outcome } from './messenger';
import { settleNow } from './outbox';
import { show } from './show';
import { beginApproval, recognitionOf } from './step-up';

/** A button pressed or a line typed, about one ticket. */
export interface Action {
  ticket: TicketId;
  verb: TicketVerb;
  /** Of the card: the same click again is the same command. */
  nonce: string;
  how?: Recognition;
  text?: string;
  code?: string;
  /** Object id of whom it is about, where that was chosen: a colleague, an approver. */
  person?: string;
  workstation?: string;
  /** Entra's id of the passkey that was picked, or `none`. */
  passkey?: string;
  /** An address, where one was typed. */
  link?: string;
}

type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at' | 'by'> : never) : never;

function sameCode(typed: string, expected: string): boolean {
  const a = Buffer.from(typed.replace(/\D/g, ''));
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The workstation a person may choose: their own and active, or the only such one. */
async function chosenWorkstation(
  deps: Deps,
  member: Member,
  ticket: Ticket,
  wanted?: string,
): Promise<{ workstation?: WorkstationRef; several: boolean }> {
  const own = await deps.workstations.ofPerson(member.id);
  const mine = own.filter(({ state, kind }) => state === 'active' && kind === 'own');
  const desks = ticket.hander?.id === member.id ? await desksInUse(deps) : [];
  const all = ticket.hander ? desks : mine;
  const found = wanted ? all.find(({ id }) => id === wanted) : all.length === 1 ? all[0] : undefined;
  const several = !wanted && all.length > 1;
  return { several, ...(found && { workstation: { id: found.id, name: found.name, kind: found.kind } }) };
}

async function commandFor(deps: Deps, member: Member, ticket: Ticket, action: Action): Promise<Body | 'look'> {
  switch (action.verb) {
    case 'approve':
      if (ticket.rule.stepUp === true) return beginApproval(deps, member, ticket, action);
      return { kind: 'approve', how: action.how ?? 'in-person', facts: await decisionFacts(deps, ticket, member.id) };
    case 'deny':
    case 'deny-block': {
      const block = action.verb === 'deny-block';
      return { kind: 'deny', reason: action.text ?? '', block, facts: await decisionFacts(deps, ticket, member.id) };
    }
    case 'lift-block':
      return { kind: 'lift-block', reason: action.text ?? '', helpdesk: member.helpdesk };
    case 'cancel':
      return { kind: 'cancel', helpdesk: member.helpdesk };
    case 'choose-pass':
      return { kind: 'choose', way: 'pass' };
    case 'choose-workstation': {
      return {
        kind: 'choose',
        way: 'workstation',
        ...(await chosenWorkstation(deps, member, ticket, action.workstation)),
      };
    }
    case 'vouch':
      return { kind: 'vouch', matches: sameCode(action.code ?? '', vouchCodeOf(deps, ticket)) };
    case 'start-job':
      return { kind: 'start-job', job: `job-${deps.newId()}`, standing: await guard(deps, ticket) };
    case 'diagnose': {
      const [standing, chosen] = await Promise.all([
        lookGuard(deps, ticket),
        chosenWorkstation(deps, member, ticket, action.workstation),
      ]);
      return { kind: 'diagnose', job: `job-${deps.newId()}`, standing, ...chosen };
    }
    case 'forgotten':
      return { kind: 'forgotten' };
    case 'pick-passkey':
      return { kind: 'pick-passkey', ...(action.passkey !== undefined && { methodId: action.passkey }) };
    case 'not-needed':
      return { kind: 'not-needed' };
    case 'prepare-show':
      return { kind: 'prepare-show', standing: await guard(deps, ticket) };
    case 'finish':
      return { kind: 'finish' };
    case 'signed-in':
      return { kind: 'signed-in', seen: 'said' };
    case 'take-over':
      return { kind: 'take-over', helpdesk: member.helpdesk };
    case 'retry':
      return { kind: 'retry', helpdesk: member.helpdesk };
    case 'assign':
    case 'assign-me':
    case 'unassign':
    case 'nudge':
    case 'resend':
      return deskCommand(deps, member, action.verb, action.person);
    case 'outer-number':
      return {
        kind: 'outer-number',
        number: action.text ?? '',
        ...(action.link !== undefined && { url: action.link }),
        helpdesk: member.helpdesk,
      };
    case 'comment':
      return { kind: 'comment', text: action.text ?? '', helpdesk: member.helpdesk };
    case 'not-me':
      return freezeCommand(deps, ticket, 'chat');
    case 'thaw':
      return { kind: 'thaw', helpdesk: member.helpdesk, facts: await thawFacts(deps, ticket, member) };
    case 'show':
    case 'show-vouch-code':
    case 'open-ticket':
    case 'share':
    case 'unshare':
    case 'refresh':
      return 'look';
  }
}

/** The vouch code is for those who approved, while it is still of use. */
function codeFor(deps: Deps, member: Member, ticket: Ticket, outcome: Outcome): Outcome {
  const approved = ticket.approvals.some(({ by }) => by.id === member.id);
  const useful = outcome.details?.view.can.includes('show-vouch-code') === true;
  return approved && useful ? { ...outcome, vouchCode: new Secret(vouchCodeOf(deps, ticket)) } : outcome;
}

/** What can be told from the ticket alone, so that a late click or one of somebody else asks nothing of the directory. */
function barredAtOnce(ticket: Ticket, verb: TicketVerb, who: Pick<Command, 'at' | 'by'>): Refusal | undefined {
  switch (verb) {
    case 'approve':
    case 'deny':
    case 'deny-block': {
      const own = ticket.approvals.some(({ by }) => who.by.kind === 'person' && by.id === who.by.id);
      return verb === 'approve' && own ? undefined : alreadyOver(ticket);
    }
    case 'start-job':
    case 'prepare-show':
    case 'show':
      return barredRecipient(ticket, who)?.refusal;
    default:
      return undefined;
  }
}

/** Looks at a ticket without doing anything. */
export async function look(deps: Deps, member: Member, id: TicketId): Promise<Outcome> {
  const stored = await deps.tickets.load(id);
  const details = stored && (await detailsOf(deps, stored.ticket, member));
  return details ? { details } : { refusal: { code: 'ticket-unknown' } };
}

/**
 * What a person does to a ticket. Whatever comes of it, the answer holds the ticket as it is now; a person to whom the
 * ticket is nothing gets the same answer as for one that does not exist.
 */
export async function act(deps: Deps, member: Member, action: Action): Promise<Outcome> {
  const seen = await deps.tickets.load(action.ticket);
  const at = momentOf(deps);
  if (!seen || !viewOf(seen.ticket, member, at)) return { refusal: { code: 'ticket-unknown' } };
  const by = { kind: 'person', id: member.id, name: member.name } as const;
  const barred = barredAtOnce(seen.ticket, action.verb, { at, by });
  if (barred) return { ...(await look(deps, member, action.ticket)), refusal: barred };
  if (action.verb === 'show') return show(deps, member, seen.ticket, action.nonce);
  if (action.verb === 'approve' && !recognitionOf(seen.ticket, member, action)) {
    return { ...(await look(deps, member, action.ticket)), refusal: { code: 'recognition-missing' } };
  }
  const body = await commandFor(deps, member, seen.ticket, action);
  if (body === 'look') {
    const outcome = await look(deps, member, action.ticket);
    return action.verb === 'show-vouch-code' ? codeFor(deps, member, seen.ticket, outcome) : outcome;
  }
  const command: Command = { ...body, at: momentOf(deps), by };
  // What was typed belongs to the click: another text on the same card is another click.
  const typed = [action.text, action.code, action.person, action.link].map((text) => text ?? '').join('~');
  const nonce = typed === '~' ? action.nonce : `${action.nonce}.${digestOf(typed).slice(0, 12)}`;
  const id = commandId(action.ticket, nonce, action.verb, member.id);
  const { stored, refusal, repeated } = await dispatch(deps, action.ticket, command, id);
  if (!repeated) settleNow(deps, action.ticket, { retried: action.verb === 'retry' });
  if (stored && (body.kind === 'approve' || body.kind === 'deny')) await refreshAfter(deps, stored.ticket, body.facts);
  const ticket = stored?.ticket ?? seen.ticket;
  const details = await detailsOf(deps, ticket, member);
  const outcome: Outcome = { ...(details && { details }), ...(refusal && { refusal }) };
  return action.verb === 'approve' && !refusal ? codeFor(deps, member, ticket, outcome) : outcome;
}
