import fc from 'fast-check';
import { type Command } from './commands';
import { decide } from './decide/decide';
import { laws } from './testing/law';
import { look } from './testing/locked-story';
import { ADA, HELEN, HUGO, person } from './testing/story';
import { viewOf } from './view';

/** Laws of a key that is looked at, erased and set up anew, whatever anybody does in whatever order. */

const law = laws(fc, { flow: 'locked-pin', contain: false });

law('approvers are asked once it is clear what they approve of, and that does not change any more', ({ moves }) => {
  for (const { before, after } of moves) {
    const asked = after.askedCircle >= 0;
    expect(asked).toBe(after.done.diagnose !== undefined);
    if (asked) {
      expect(after.diagnosis?.matchedBy).toBeDefined();
      expect(after.diagnosis?.modelAllowed).toBe(true);
    }
    if (before.done.diagnose === undefined) continue;
    const named = ({ removals }: typeof after) => removals.map(({ passkey }) => passkey.methodId);
    expect(named(after)).toEqual(named(before));
    expect(after.workstation).toEqual(before.workstation);
  }
});

law(
  'a passkey goes after its key was erased, and as it was decided; no session is ended for it',
  ({ events, ticket }) => {
    const kinds = events.map(({ kind }) => kind);
    const due = kinds.indexOf('removal-due');
    if (due >= 0) {
      expect(kinds.slice(0, due)).toEqual(expect.arrayContaining(['decided', 'key-erased']));
      expect(ticket.reset?.another).toBeUndefined();
    }
    if (!ticket.freeze) expect(kinds).not.toContain('sessions-revoked');
  },
);

law('nothing is erased a second time before somebody has looked what the first time came to', ({ events }) => {
  let open = false;
  for (const event of events) {
    if (event.kind === 'job-offered' && event.act === 'reset') expect(open).toBe(false);
    if (event.kind === 'act-started')
      open ||= events.some((one) => one.kind === 'job-offered' && one.job === event.job && one.act === 'reset');
    const clear =
      event.kind === 'not-erased' ||
      (event.kind === 'job-failed' && !['job-lapsed', 'erase-unknown'].includes(event.code));
    if (clear) open = false;
  }
});

law('no button of it is offered that would be refused', ({ moves }) => {
  for (const { after, command } of moves) {
    if (after.expiresAt <= command.at) continue;
    for (const who of [HUGO, HELEN, ADA]) {
      const can = viewOf(after, { ...who, helpdesk: false }, command.at)?.can ?? [];
      const tell = (body: object) => decide(after, { ...body, at: command.at, by: person(who) } as Command);
      if (can.includes('diagnose')) expect(tell(look('look-9')).refusal).toBeUndefined();
      for (const kind of ['forgotten', 'not-needed'] as const)
        if (can.includes(kind)) expect(tell({ kind }).events).not.toEqual([]);
      if (can.includes('pick-passkey')) expect(tell({ kind: 'pick-passkey', methodId: 'none' }).events).not.toEqual([]);
    }
  }
});
