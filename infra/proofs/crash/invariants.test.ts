import { type Evidence, violationsOf } from './invariants';

const UP = Date.parse('2026-03-02T09:00:00Z');
const pass = (id: string, from: number, to?: number, replaced = false) => ({
  id,
  from: UP + from * 1000,
  replaced,
  ...(to !== undefined && { to: UP + to * 1000 }),
});

/** A story that went well: two makings, the first of them lost in a crash. */
const good: Evidence = {
  way: 'pass',
  recoveredAt: UP,
  showsUsedUp: false,
  left: false,
  numbersShown: ['KV-AAAA-AA'],
  tickets: [
    {
      shortId: 'KV-AAAA-AA',
      status: 'done',
      generations: [{}, { methodId: 'second' }],
      passkey: 'key-1',
      auditProblems: [],
    },
  ],
  passesSeen: 1,
  showClicks: 3,
  entra: {
    passes: [pass('first', -5, 21, true), pass('second', 20.99, 60)],
    passkeys: ['key-1'],
    signsIn: true,
    passkeysMadeByApp: 0,
    passesMade: 2,
  },
  credentialsOnKey: 1,
  cards: [{ person: 'Ada', says: 'done' }],
};
const ticket = good.tickets[0]!;
const entra = (change: Partial<Evidence['entra']>): Partial<Evidence> => ({ entra: { ...good.entra, ...change } });

it('finds nothing in a story that went well', () => {
  expect(violationsOf(good)).toEqual([]);
});

it('accepts that who went away has no key, if the pass they never saw is dead', () => {
  const open = { ...ticket, status: 'approved' as const, generations: [{}] };
  const { passkey: _none, ...withoutPasskey } = open;
  const away: Evidence = {
    ...good,
    left: true,
    tickets: [withoutPasskey],
    passesSeen: 0,
    showClicks: 1,
    entra: { ...good.entra, passes: [pass('first', -5, 119)], passkeys: [], signsIn: false, passesMade: 1 },
    credentialsOnKey: 0,
    cards: [{ person: 'Ada', says: 'approved' }],
  };
  expect(violationsOf(away)).toEqual([]);
  const lives = { ...away, entra: { ...away.entra, passes: [pass('first', -5, 121)] } };
  expect(violationsOf(lives)).toEqual([expect.stringContaining('lived for more than 2 minutes')]);
});

const BROKEN: [string, Partial<Evidence>, RegExp][] = [
  ['people who got nowhere', { stuck: 'in vain: a ticket' }, /did not get to an end: in vain: a ticket/],
  ['two passes at once', entra({ passes: [pass('first', 0, 30), pass('second', 20, 60)] }), /two passes were alive/],
  [
    'a pass nobody recorded',
    entra({ passes: [pass('stray', 10, 131), pass('second', 140, 150)] }),
    /more than 2 minutes/,
  ],
  ['a pass left alive', entra({ passes: [pass('second', 20)] }), /alive after the end/],
  ['a lost ticket', { numbersShown: ['KV-AAAA-AA', 'KV-BBBB-BB'] }, /KV-BBBB-BB was shown .* not there/],
  ['two tickets', { tickets: [ticket, { ...ticket, shortId: 'KV-BBBB-BB' }] }, /made 2 tickets/],
  ['an open ticket', { tickets: [{ ...ticket, status: 'approved' }], cards: [] }, /ended as "approved"/],
  ['a broken chain', { tickets: [{ ...ticket, auditProblems: ['gap at 3'] }] }, /audit of KV-AAAA-AA: gap at 3/],
  ['no passkey', entra({ passkeys: [] }), /holds 0 passkeys/],
  ['two passkeys', entra({ passkeys: ['key-1', 'key-2'] }), /holds 2 passkeys/],
  ['an orphan on the key', { credentialsOnKey: 2 }, /key holds 2 credentials/],
  ['a key that does not work', entra({ signsIn: false }), /does not sign in/],
  ['a registration that was not asked for', entra({ passkeysMadeByApp: 1 }), /registered 1 passkeys, not 0/],
  [
    'a registration done twice',
    { way: 'workstation', ...entra({ passkeysMadeByApp: 2 }) },
    /registered 2 passkeys, not 1/,
  ],
  [
    'a ticket that names another key',
    { tickets: [{ ...ticket, passkey: 'key-9' }] },
    /names a passkey that is not there/,
  ],
  ['a pass made unrecorded', entra({ passesMade: 3 }), /3 passes were made in 2 recorded makings/],
  ['a making that nobody asked for', { showClicks: 1 }, /2 makings came of 1 clicks/],
  ['a pass seen and not recorded', { passesSeen: 2 }, /2 passes were seen, but only 1/],
  ['a card that lies', { cards: [{ person: 'Ada', says: 'approved' }] }, /Ada's card says "approved"/],
  ['a card that never came', { cards: [{ person: 'Ada', says: undefined }] }, /Ada's card says "nothing"/],
];

it.each(BROKEN)('finds %s', (_what, change, says) => {
  expect(violationsOf({ ...good, ...change })).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
});
