import type FastCheck from 'fast-check';
import { type Open } from '../commands';
import { type PinFound } from '../diagnosis';
import { type Effect } from '../effects';
import { type Actor, SERVICE } from '../people';
import { wantedOf } from '../reactions';
import { type Body, type Said } from './body';
import { ADA, BOB, decisionBy, FINE, HUGO, OLD_KEYS, OWN, person, type Story, story, WORKSTATION } from './story';

/** What the key of these stories says of its model, and what is on it. */
export const AAGUID = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
const [BLUE, RED] = OLD_KEYS;
if (!BLUE || !RED) throw new Error('the stories need two keys');
export { BLUE, RED };

export const LOCKED: Partial<Open> = { flow: 'locked-pin', passkeysBefore: ['old-1', 'old-2'], strongMethods: 2 };

export const PIN: Readonly<Record<'blocked' | 'replug' | 'change' | 'none' | 'open', PinFound>> = {
  blocked: { set: true, retriesLeft: 0, blocked: 'for-ever', changeForced: false },
  replug: { set: true, retriesLeft: 5, blocked: 'until-replug', changeForced: false },
  change: { set: true, retriesLeft: 8, blocked: 'no', changeForced: true },
  none: { set: false, blocked: 'no', changeForced: false },
  open: { set: true, retriesLeft: 8, blocked: 'no', changeForced: false },
};

type Inspected = Extract<Said, { kind: 'key-inspected' }>;
type Erased = Extract<Said, { kind: 'key-erased' }>;

export function found(pin: PinFound, more: Partial<Inspected> = {}): Inspected {
  return {
    ...{
      kind: 'key-inspected',
      job: 'look-1',
      aaguid: AAGUID,
      pin,
      answered: [],
      passkeys: OLD_KEYS,
      modelAllowed: true,
    },
    ...more,
  };
}

export function emptied(more: Partial<Erased> = {}): Erased {
  const silent = { matched: [BLUE?.methodId ?? ''], matchedBy: 'silent' as const };
  return { kind: 'key-erased', job: 'reset-1', erased: true, aaguid: AAGUID, ...silent, ...more };
}

export const look = (job = 'look-1') => ({ kind: 'diagnose', job, workstation: OWN, standing: FINE }) as const;
export const began = (job: string) => ({ kind: 'act-started', job, standing: FINE }) as const;
export const start = (job: string) => ({ kind: 'start-job', job, standing: FINE }) as const;

const ada = person(ADA);

/** Looked at, and found so. */
export function looked(
  pin: PinFound,
  more: Partial<Inspected> | 'does not answer' = {},
  open: Partial<Open> = {},
): Story {
  const { answered: _, ...silent } = found(pin);
  return story({ ...LOCKED, ...open })
    .then(ada, look())
    .then(WORKSTATION, began('look-1'))
    .then(WORKSTATION, more === 'does not answer' ? silent : found(pin, more));
}

/** Locked for ever, with the blue key's passkey on it; approved, and the code given. */
export function vouchedFor(pin = PIN.blocked, more: Partial<Inspected> = { answered: ['old-1'] }): Story {
  return looked(pin, more)
    .then(person(BOB), { kind: 'approve', how: 'video', facts: decisionBy(BOB, { workstations: [OWN] }) })
    .then(ada, { kind: 'vouch', matches: true });
}

/** The key may be losing everything at this moment. */
export function erasing(one: Story = vouchedFor()): Story {
  return one.then(ada, start('reset-1')).then(WORKSTATION, began('reset-1'));
}

/** What comes of a command beside its events: the effects that the service works off. */
export function wantedFrom(one: Story, by: Actor, body: Said): Effect[] {
  const { events } = one.tell(by, body);
  return wantedOf(one.ticket, events, { ...body, at: one.at, by }).map(({ effect }) => effect);
}

/** What may happen in such a flow, of anybody. */
export function anyLocked(fc: typeof FastCheck): FastCheck.Arbitrary<Body> {
  const job = fc.constantFrom('look-1', 'look-2', 'reset-1', 'reset-2', 'job-1');
  const at = fc.constant(WORKSTATION);
  const people = fc.constantFrom(ADA, HUGO, HUGO, BOB).map((one) => person(one));
  const ids = fc.constantFrom([], ['old-1'], ['old-1'], ['old-2'], ['old-1', 'old-2']);
  return fc.oneof(
    fc.record({ job, by: people }).map(({ job: id, by }): Body => ({ ...look(id), by })),
    fc.record({ job, by: people }).map(({ job: id, by }): Body => ({ ...start(id), by })),
    fc.record({ job, by: at }).map(({ job: id, by }): Body => ({ ...began(id), by })),
    fc
      .record({ job, by: at, pin: fc.constantFrom(...Object.values(PIN)), answered: ids, allowed: fc.boolean() })
      .map(({ job: id, by, pin, answered, allowed }): Body => {
        return { ...found(pin, { job: id, answered, modelAllowed: allowed || answered.length > 0 }), by };
      }),
    fc
      .record({ job, by: at, matched: ids, erased: fc.constantFrom<true | 'unknown'>(true, 'unknown') })
      .map(({ job: id, by, matched, erased }): Body => {
        const matchedBy = matched.length > 0 ? ('silent' as const) : ('person' as const);
        return { ...emptied({ job: id, erased, matched, matchedBy }), by };
      }),
    fc.record({ kind: fc.constantFrom('forgotten' as const, 'not-needed' as const), by: people }),
    fc.record({
      kind: fc.constant('pick-passkey' as const),
      methodId: fc.constantFrom('old-1', 'old-2', 'none', 'of-another'),
      by: people,
    }),
  );
}

/** What brings such a ticket forward, for Hugo who hands over. */
export function lockedPaths(agree: Body): readonly (readonly Body[])[] {
  const hugo = person(HUGO);
  const first: Body[] = [
    { ...look(), by: hugo },
    { ...began('look-1'), by: WORKSTATION },
    { ...found(PIN.blocked, { answered: ['old-1'] }), by: WORKSTATION },
    agree,
    { kind: 'vouch', matches: true, by: hugo },
    { ...start('reset-1'), by: hugo },
    { ...began('reset-1'), by: WORKSTATION },
  ];
  return [
    [...first.slice(0, 2), { ...found(PIN.replug), by: WORKSTATION }],
    [
      ...first,
      { ...emptied(), by: WORKSTATION },
      { kind: 'passkey-removed', methodId: 'old-1', how: 'deleted', by: SERVICE },
    ],
    [...first, { ...emptied({ erased: 'unknown' }), by: WORKSTATION }, { ...start('look-2'), by: hugo }],
    [...first, { ...emptied({ matched: ['old-2'] }), by: WORKSTATION }],
  ];
}
