import {
  confirmWorkstationCard,
  errorCard,
  homeCard,
  pairCard,
  passCard,
  readinessCard,
  refusalCard,
  requestForm,
  ticketListCard,
  vouchCodeCard,
  workstationsCard,
} from '../../cards';
import { type ReadinessItem } from '../../cards';
import { READINESS_CODES } from '../../bot/entra/readiness';
import { OLD_KEYS } from './other-flows';
import { type Sample, SECRETS, secretOf } from './sample';
import { statesOf } from './states';
import { approvedTicket, type Cast, LATER, NOW, seenBy, ticketOf } from './tickets';

/** All cards that are not a ticket in one of its states. */
export function moreSamples(cast: Cast): Sample[] {
  return [...secrets(cast), ...homes(cast), ...forms(cast), ...lists(cast), ...workstations(cast), ...answers()];
}

function sample(name: string, draw: Sample['draw'], shows: readonly string[] = []): Sample {
  return { name, draw, shows };
}

function secrets(cast: Cast): Sample[] {
  const own = seenBy(cast.anna, approvedTicket(cast, ['choose', 'vouch', 'show'], { way: 'pass' }));
  const handed = seenBy(
    cast.otto,
    approvedTicket(cast, ['choose', 'vouch', 'show'], { way: 'pass', hander: cast.otto }),
  );
  const alone = seenBy(cast.anna, approvedTicket(cast, ['vouch', 'show'], { flow: 'pass', way: 'pass' }));
  const approver = seenBy(cast.jonas, approvedTicket(cast));
  const forPass = seenBy(cast.jonas, approvedTicket(cast, [], { flow: 'pass' }));
  const expiring = { pass: secretOf('pass'), validUntil: LATER };
  return [
    sample('pass: own', (words) => passCard({ view: own, ...expiring, showsLeft: 2 }, words), [SECRETS.pass]),
    sample('pass: alone, once more', (words) => passCard({ view: alone, ...expiring, showsLeft: 1 }, words), [
      SECRETS.pass,
    ]),
    sample('pass: handed over, last', (words) => passCard({ view: handed, ...expiring, showsLeft: 0 }, words), [
      SECRETS.pass,
    ]),
    sample(
      'vouch code',
      (words) => vouchCodeCard({ view: approver, code: secretOf('vouchCode'), validUntil: LATER }, words),
      ['481 516'],
    ),
    sample(
      'vouch code: pass',
      (words) => vouchCodeCard({ view: forPass, code: secretOf('vouchCode'), validUntil: LATER }, words),
      ['481 516'],
    ),
    ...(['own', 'desk'] as const).map((kind) =>
      sample(
        `pair: ${kind}`,
        (words) =>
          pairCard({ service: 'https://keyvouch.example', code: secretOf('pairing'), expiresAt: LATER, kind }, words),
        [SECRETS.pairing],
      ),
    ),
  ];
}

function homes(cast: Cast): Sample[] {
  const none = { person: cast.anna, open: [], waiting: 0, helpdesk: false, workstations: 0 };
  const busy = {
    ...none,
    open: statesOf(cast)
      .map(({ ticket }) => seenBy(cast.anna, ticket))
      .slice(0, 5),
  };
  return [
    sample('home: first time', (words) => homeCard({ ...none, sandbox: true }, words)),
    sample('home: not understood', (words) => homeCard({ ...none, unclear: true }, words)),
    sample('home: open requests', (words) => homeCard({ ...busy, workstations: 1 }, words)),
    sample('home: helpdesk, decisions', (words) =>
      homeCard({ ...busy, waiting: 2, helpdesk: true, workstations: 1 }, words),
    ),
  ];
}

function readinessOf(worst: ReadinessItem['state']): ReadinessItem[] {
  const fine: ReadinessItem[] = [
    { state: 'ok', code: 'account-enabled' },
    { state: 'ok', code: 'passkey-method-on' },
    { state: 'ok', code: 'pass-lifetime-ok', facts: { lifetimeInMinutes: 60 } },
    { state: 'not-checked', code: 'conditional-access-not-checked' },
  ];
  if (worst === 'warn') return [...fine, { state: 'warn', code: 'pass-method-off' }];
  return worst === 'stop'
    ? [...fine, { state: 'stop', code: 'self-service-off' }, { state: 'warn', code: 'new-code' }]
    : fine;
}

function forms(cast: Cast): Sample[] {
  const nonce = '01KESAMPLE000000000000FORM';
  const desks = [{ id: 'desk-1', name: cast.workstation, kind: 'desk' as const }];
  const handers = [cast.otto, cast.mira];
  const values = { person: 'Kellr', reason: cast.reason };
  const had = { of: cast.anna.id, list: OLD_KEYS };
  const everything: ReadinessItem[] = READINESS_CODES.map((code) => ({
    state: 'warn',
    code,
    facts: { count: 2, lifetimeInMinutes: 30 },
  }));
  return [
    sample('request: me', (words) => requestForm({ for: 'me', flow: 'onboarding', nonce }, words)),
    ...(['spare-key', 'pass', 'locked-pin'] as const).map((flow) =>
      sample(`request: ${flow}`, (words) => requestForm({ for: 'me', flow, nonce }, words)),
    ),
    sample('request: lost key', (words) => requestForm({ for: 'me', flow: 'lost-key', nonce, passkeys: had }, words)),
    sample('request: lost key, not said which', (words) =>
      requestForm(
        {
          ...{ for: 'me', flow: 'lost-key', nonce, passkeys: had },
          problems: [{ field: 'passkeys', code: 'passkey-choice-missing' }],
        },
        words,
      ),
    ),
    sample('request: lost key, none there', (words) =>
      requestForm({ for: 'me', flow: 'lost-key', nonce, passkeys: { ...had, list: [] } }, words),
    ),
    sample('request: other, key taken back', (words) =>
      requestForm({ for: 'other', flow: 'return-key', nonce, values, passkeys: had }, words),
    ),
    sample('request: other, lost key', (words) => requestForm({ for: 'other', flow: 'lost-key', nonce }, words)),
    sample('request: me, reason missing', (words) =>
      requestForm(
        { for: 'me', flow: 'onboarding', nonce, problems: [{ field: 'reason', code: 'reason-missing' }] },
        words,
      ),
    ),
    sample('request: me, checked', (words) =>
      requestForm({ for: 'me', flow: 'onboarding', nonce, values, readiness: readinessOf('stop') }, words),
    ),
    sample('request: other', (words) =>
      requestForm({ for: 'other', flow: 'onboarding', nonce, desks, handers }, words),
    ),
    sample('request: other, unknown', (words) =>
      requestForm(
        {
          for: 'other',
          flow: 'onboarding',
          nonce,
          desks,
          handers,
          values,
          problems: [{ field: 'person', code: 'person-unknown' }],
        },
        words,
      ),
    ),
    sample('request: other, several', (words) =>
      requestForm(
        {
          for: 'other',
          flow: 'onboarding',
          nonce,
          values,
          candidates: [cast.anna, cast.jonas],
          problems: [{ field: 'person', code: 'person-ambiguous' }],
        },
        words,
      ),
    ),
    ...(['ok', 'warn', 'stop'] as const).map((worst) =>
      sample(`readiness: ${worst}`, (words) => readinessCard({ subject: cast.anna, items: readinessOf(worst) }, words)),
    ),
    sample('readiness: nothing', (words) =>
      readinessCard(
        { subject: cast.anna, items: [{ state: 'not-checked', code: 'conditional-access-not-checked' }] },
        words,
      ),
    ),
    ...[0, 1].map((half) =>
      sample(`readiness: every code, ${half + 1} of 2`, (words) =>
        readinessCard({ subject: cast.anna, items: everything.filter((_, at) => at % 2 === half) }, words),
      ),
    ),
  ];
}

function lists(cast: Cast): Sample[] {
  const states = statesOf(cast);
  const views = states.map(({ ticket }) => seenBy(cast.anna, ticket));
  const waits = [seenBy(cast.jonas, ticketOf(cast)), seenBy(cast.jonas, ticketOf(cast, { requester: cast.mira }))];
  return [
    sample('list: mine', (words) => ticketListCard({ title: 'mine', views }, words)),
    sample('list: mine, none', (words) => ticketListCard({ title: 'mine', views: [] }, words)),
    sample('list: waiting', (words) => ticketListCard({ title: 'waiting', views: waits }, words)),
    sample('list: waiting, none', (words) => ticketListCard({ title: 'waiting', views: [] }, words)),
  ];
}

function workstations(cast: Cast): Sample[] {
  const first = { id: 'ws-1', name: cast.workstation, kind: 'own' as const, state: 'active' as const, lastSeenAt: NOW };
  const fingerprint = ['harbour', 'velvet', 'thirteen'];
  const second = { id: 'ws-2', name: 'DESK-01', kind: 'desk' as const, state: 'pairing' as const, words: fingerprint };
  const third = { ...second, id: 'ws-3', name: 'DESK-02', words: ['meadow', 'copper', 'lantern'] };
  const removed = { ...first, id: 'ws-4', state: 'removed' as const };
  return [
    sample('confirm workstation', (words) =>
      confirmWorkstationCard({ id: 'ws-1', name: cast.workstation, nonce: 'n1', words: fingerprint }, words),
    ),
    sample('workstations: none', (words) => workstationsCard({ list: [] }, words)),
    sample('workstations: one', (words) => workstationsCard({ list: [first] }, words)),
    sample('workstations: a request goes on', (words) =>
      workstationsCard({ list: [first], request: { id: 'KV', shortId: 'KV-7Q2M-9D', nonce: 'v3' } }, words),
    ),
    sample('workstations: one waits', (words) => workstationsCard({ list: [first, second, removed] }, words)),
    sample('workstations: one waits, for the helpdesk', (words) =>
      workstationsCard({ list: [first, second], helpdesk: true }, words),
    ),
    sample('workstations: two wait', (words) => workstationsCard({ list: [first, second, third] }, words)),
  ];
}

function answers(): Sample[] {
  const ticket = { id: '01KESAMPLE000000000007Q2M9D', nonce: 'v4' };
  const say = 'The frobnicator is out of step.';
  return [
    sample('error: known', (words) => errorCard({ code: 'graph-unreachable', ticket }, words)),
    sample('error: unknown', (words) => errorCard({ code: 'frobnicator-off', say, todo: 'Turn it once.' }, words)),
    sample('error: without words', (words) => errorCard({ code: 'quite-new' }, words)),
    sample('refusal: known', (words) => refusalCard({ code: 'already-decided', ticket }, words)),
    sample('refusal: with facts', (words) =>
      refusalCard({ code: 'code-wrong', facts: { triesLeft: 2 }, ticket }, words),
    ),
    sample('refusal: no key yet', (words) =>
      refusalCard({ code: 'no-passkeys', facts: { name: 'Anna Keller' }, firstKey: true }, words),
    ),
    sample('refusal: number missing', (words) =>
      refusalCard({ code: 'ticket-number-missing', facts: { command: 'ticket' } }, words),
    ),
    sample('refusal: stopped', (words) =>
      refusalCard({ code: 'flow-stopped', facts: { code: 'self-service-off' } }, words),
    ),
    sample('refusal: over, and why', (words) =>
      refusalCard({ code: 'job-over', facts: { code: 'number-wrong' }, ticket }, words),
    ),
    sample('refusal: unknown', (words) => refusalCard({ code: 'quite-new' }, words)),
  ];
}
