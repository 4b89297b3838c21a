import fc from 'fast-check';
import { passMayLive } from './alive';
import { type Command } from './commands';
import { decide } from './decide/decide';
import { isCleared, outlivesEnd } from './complete';
import { type Effect } from './effects';
import { replay } from './evolve';
import { wantedOf } from './reactions';
import { IAN, IVY } from './testing/any-story';
import { standstillOf } from './standstill';
import { laws } from './testing/law';
import { ADA, BOB, CAROL, facts as factsOf, FINE, HELEN, HUGO, person } from './testing/story';
import { type Told } from './testing/told';
import { type Ticket } from './ticket';
import { type Viewer, viewOf } from './view';

/**
 * Laws of a ticket, whatever is done to it: commands of anybody, in any order, repeated, late, with facts that change in
 * between.
 */

const law = laws(fc);

const ENDS = ['denied', 'cancelled', 'expired', 'completed'];
/** What tells of things that were begun before the end, and of what people note. */
const MAY_FOLLOW_AN_END = [
  ...[
    'pass-settled',
    'pass-ended',
    'passkey-removed',
    'key-erased',
    'sessions-revoked',
    'mail-sent',
    'sign-in-blocked',
  ],
  ...['outer-numbered', 'outer-failed', 'outer-restored'],
  ...[
    'commented',
    'assigned',
    'unassigned',
    'resent',
    'signed-in',
    'unreached',
    'parked',
    'taken-over',
    'resumed',
    'block-lifted',
  ],
];
/** What was on its way when two thawed it is told all the same. */
const MAY_FOLLOW_A_THAW = [...MAY_FOLLOW_AN_END, 'passkeys-taken-back'];
/** A freeze takes back, and lets nothing else go on. */
const MAY_FOLLOW_A_FREEZE = [
  ...MAY_FOLLOW_A_THAW,
  ...['thaw-said', 'thawed', 'sign-in-unblocked', 'sign-in-stays-blocked', 'cancelled'],
];

/** The history cut where it was frozen: there is an end at most before it, and one at most after it. */
function aroundFreeze({ events }: Told) {
  const kinds = events.map(({ kind }) => kind);
  const at = kinds.indexOf('frozen');
  return at < 0 ? { before: kinds, after: undefined } : { before: kinds.slice(0, at), after: kinds.slice(at + 1) };
}

function oneEndAtMost(kinds: readonly string[], mayFollow: readonly string[]): string | undefined {
  const ends = kinds.filter((kind) => ENDS.includes(kind));
  expect(ends.length).toBeLessThanOrEqual(1);
  const [end] = ends;
  if (end !== undefined) for (const kind of kinds.slice(kinds.indexOf(end) + 1)) expect(mayFollow).toContain(kind);
  return end;
}

law(
  'there is one end at most, one more where a freeze undid it, and after it nothing is approved or begun',
  (told_) => {
    const { before, after } = aroundFreeze(told_);
    const { ticket } = told_;
    const first = oneEndAtMost(before, MAY_FOLLOW_AN_END);
    const last = after ? oneEndAtMost(after, MAY_FOLLOW_A_THAW) : first;
    if (last === undefined) {
      expect(ticket.closedAt).toBeUndefined();
      expect(ticket.status === 'frozen').toBe(after !== undefined);
    } else {
      expect(ticket.status).toBe(last === 'completed' ? 'done' : last);
      expect(ticket.closedAt).toBeDefined();
      // What is stuck after the end is a pass that may live, or a removal: nothing else is.
      const since = (after ?? before).slice((after ?? before).findIndex((kind) => ENDS.includes(kind)));
      if (!since.includes('parked') && ticket.parked) {
        expect(['remove', 'revoke']).toContain(ticket.parked.step);
        expect(outlivesEnd(ticket)).toBe(true);
      }
    }
  },
);

law('what only people can settle is marked, whatever else was stuck meanwhile', ({ moves }) => {
  for (const { after } of moves) if (standstillOf(after)) expect(after.parked).toBeDefined();
});

law(
  'a freeze happens once, of something that may still be undone, and takes two to thaw who had no part in it',
  (told_) => {
    const { before, after } = aroundFreeze(told_);
    const { ticket } = told_;
    if (!after) return;
    for (const kind of after) expect(MAY_FOLLOW_A_FREEZE).toContain(kind);
    // Of a denied one only what its owner's own report had done.
    if (ticket.freeze?.before === 'denied') expect(before).toContain('contained');
    expect(ticket.freeze?.before).not.toBe('frozen');
    if (!after.includes('cancelled')) return;
    const { by, thawSaid, thawed, blocks } = ticket.freeze!;
    const two = [thawSaid!.by.id, thawed!.by.id];
    expect(new Set(two).size).toBe(2);
    for (const party of [
      ticket.requester,
      ticket.subject,
      ticket.hander!,
      by,
      ...ticket.approvals.map((one) => one.by),
    ])
      expect(two).not.toContain(party.id);
    if (blocks)
      expect(after.some((kind) => kind === 'sign-in-unblocked' || kind === 'sign-in-stays-blocked')).toBe(true);
    expect(passMayLive(ticket)).toBe(false);
  },
);

law('a job does not outlive a freeze, and a pass that may live is on its way out', ({ moves }) => {
  for (const { after, command, events } of moves) {
    if (after.status !== 'frozen') continue;
    expect([undefined, 'registered', 'done', 'failed']).toContain(after.job?.state);
    if (!events.some(({ kind }) => kind === 'frozen')) continue;
    const wanted = wantedOf(after, events, command).map(({ effect }) => effect);
    for (const { number, state, endedAt } of after.generations)
      if (state === 'issued' && !endedAt) expect(wanted).toContainEqual({ kind: 'delete-pass', generation: number });
    expect(wanted).toContainEqual({ kind: 'take-back-passkeys' });
  }
});

law(
  'nothing is done before the decision, and nothing without the vouch code where it is wanted',
  ({ events, ticket }) => {
    const kinds = events.map(({ kind }) => kind);
    for (const [at, kind] of kinds.entries()) {
      const event = events[at];
      if (kind !== 'pass-started' && (event?.kind !== 'job-offered' || event.act === 'inspect')) continue;
      expect(kinds.slice(0, at)).toContain('decided');
      if (ticket.rule.vouch) expect(kinds.slice(0, at)).toContain('vouched');
    }
    expect(kinds.filter((kind) => kind === 'decided').length).toBeLessThanOrEqual(1);
    expect(kinds.filter((kind) => kind === 'vouch-refused').length).toBeLessThanOrEqual(3);
    expect(kinds.filter((kind) => kind === 'pass-issued').length).toBeLessThanOrEqual(3);
  },
);

law(
  'keys go by a decision or by their owner’s own report, and what was opened with them is ended after them',
  (told_) => {
    const { events, ticket } = told_;
    const kinds = events.map(({ kind }) => kind);
    const due = kinds.findIndex((kind) => kind === 'removal-due' || kind === 'contained');
    if (ticket.removals.some(({ state }) => state === 'due' || state === 'removed'))
      expect(due).toBeGreaterThanOrEqual(0);
    if (due >= 0 && kinds[due] === 'removal-due') expect(kinds.slice(0, due)).toContain('decided');
    // After a freeze they are ended whenever something was taken back.
    const revoked = kinds.slice(0, Math.max(0, kinds.indexOf('frozen'))).indexOf('sessions-revoked');
    if (revoked >= 0) {
      expect(kinds.slice(0, revoked).filter((kind) => kind === 'passkey-removed')).toHaveLength(ticket.removals.length);
      expect(kinds.slice(revoked)).not.toContain('passkey-removed');
    }
    if (!ticket.freeze && kinds.includes('sessions-revoked')) expect(isCleared(ticket)).toBe(true);
    if (ticket.status === 'done') expect(isCleared(ticket)).toBe(true);
  },
);

law('a ticket is its history: the version counts it, and replayed it is the same', ({ events, ticket }) => {
  expect(ticket.version).toBe(events.length);
  expect(replay(events)).toEqual(ticket);
});

law('the same command again, at once, changes nothing', ({ moves }) => {
  for (const { command, events, after } of moves) {
    // A tick takes one thing at a time. The others are told apart by their command ids: a second wrong code, note, and
    // end of all sessions of a frozen ticket.
    const counts =
      ['tick', 'comment'].includes(command.kind) ||
      (command.kind === 'vouch' && !command.matches) ||
      (command.kind === 'sessions-revoked' && after.freeze);
    if (events.length === 0 || counts) continue;
    expect({ kind: command.kind, again: decide(after, command).events }).toEqual({ kind: command.kind, again: [] });
  }
});

law('every effect is about somebody or something that the ticket knows', ({ moves }) => {
  const known = (after: Ticket, effect: Effect): boolean => {
    const { requester, subject, hander, approvers, formerApprovers = [] } = after;
    const people = [requester, subject, ...(hander ? [hander] : []), ...approvers, ...formerApprovers];
    switch (effect.kind) {
      case 'card':
        return people.some(({ id }) => id === effect.person);
      case 'settle-pass':
      case 'delete-pass':
      case 'end-replaced':
      case 'watch-passkeys':
        return after.generations.some(({ number }) => number === effect.generation);
      case 'offer-job':
      case 'offer-inspect':
      case 'offer-reset':
      case 'register-passkey':
        return after.job?.id === effect.job;
      case 'offer-approval':
        return after.stepUps?.some(({ job }) => job === effect.job) === true;
      case 'keep-passkey':
        return after.job?.credentialId === effect.credentialId;
      case 'remove-passkey':
        return after.removals.some(({ passkey }) => passkey.methodId === effect.methodId);
      case 'revoke-sessions':
        return after.removals.length > 0 || after.freeze !== undefined;
      case 'mail':
        return after.told !== undefined;
      case 'tell-outer':
        return after.outer?.to.includes(effect.to) === true;
      case 'take-back-passkeys':
      case 'block-sign-in':
      case 'unblock-sign-in':
        return after.freeze !== undefined;
      case 'helpdesk-cards':
      case 'shared-card':
      case 'follow-approvers':
      case 'watch-sign-in':
        return true;
    }
  };
  for (const { command, events, after } of moves) {
    for (const { effect } of wantedOf(after, events, command)) expect(known(after, effect)).toBe(true);
  }
});

law('no button is offered that would be refused, as far as the ticket itself can tell', ({ moves }) => {
  const people = [BOB, CAROL, HELEN, HUGO, ADA].map(({ id, name }) => ({ id, name, helpdesk: false }));
  const viewers: Viewer[] = [...people, ...[IVY, IAN].map(({ id, name }) => ({ id, name, helpdesk: true }))];
  for (const { after, command } of moves.slice(-3)) {
    for (const viewer of viewers) {
      const can = viewOf(after, viewer, command.at)?.can ?? [];
      const by = person(viewer);
      const tell = (body: object) => decide(after, { ...body, at: command.at, by } as Command).refusal?.code;
      if (can.includes('not-me')) expect(tell({ kind: 'freeze', via: 'chat', blocks: false })).toBeUndefined();
      if (can.includes('thaw')) {
        const facts = { actor: factsOf(viewer.name), others: [ADA], samePerson: { linkedAccounts: [] } };
        expect(tell({ kind: 'thaw', helpdesk: true, facts })).toBeUndefined();
      }
      if (can.includes('take-over')) expect(tell({ kind: 'take-over', helpdesk: viewer.helpdesk })).toBeUndefined();
      if (can.includes('retry')) expect(tell({ kind: 'retry', helpdesk: viewer.helpdesk })).toBeUndefined();
      if (can.includes('finish')) expect(tell({ kind: 'finish' })).toBeUndefined();
      const shows = { standing: FINE, passkeysBefore: [] };
      for (const kind of ['show', 'prepare-show'] as const)
        if (can.includes(kind)) expect([undefined, 'show-in-progress']).toContain(tell({ kind, ...shows }));
      if (after.expiresAt <= command.at) continue;
      if (can.includes('cancel')) expect(tell({ kind: 'cancel', helpdesk: viewer.helpdesk })).toBeUndefined();
      if (can.includes('vouch')) expect(tell({ kind: 'vouch', matches: true })).toBeUndefined();
      if (can.includes('choose-pass')) expect(tell({ kind: 'choose', way: 'pass' })).toBeUndefined();
      if (can.includes('start-job')) expect(tell({ kind: 'start-job', job: 'job-3', standing: FINE })).toBeUndefined();
    }
  }
});
