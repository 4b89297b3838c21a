import { type TicketEvent } from '../tickets/events';
import { ADA, BOB, EVE, START, openTicket, openedEvent } from './example.fixture';
import { splitEvent } from './personal';

const by = { kind: 'person', ...EVE } as const;
const workstation = { id: 'ws-1', name: 'CANARY-laptop', kind: 'own' } as const;
const passkey = { methodId: 'method-9', name: 'CANARY key', aaguid: 'aaguid-1', model: 'YubiKey 5' };
const person = { id: BOB.id, name: 'CANARY Bob' };

describe('what is personal leaves the record, and ids stay', () => {
  test.each<[TicketEvent, Record<string, unknown>]>([
    [{ kind: 'reminded', at: START, by: { kind: 'service' } }, {}],
    [
      { kind: 'commented', at: START, by, person, text: 'CANARY text' },
      { 'by.name': EVE.name, 'person.name': 'CANARY Bob', text: 'CANARY text' },
    ],
    [
      { kind: 'denied', at: START, by, person, reason: 'CANARY why' },
      { 'by.name': EVE.name, 'person.name': 'CANARY Bob', reason: 'CANARY why' },
    ],
    [
      { kind: 'approved', at: START, by, approval: { by: person, at: START, how: 'video' } },
      { 'by.name': EVE.name, 'approval.by.name': 'CANARY Bob' },
    ],
    [
      { kind: 'way-chosen', at: START, by, way: 'workstation', workstation },
      { 'by.name': EVE.name, 'workstation.name': 'CANARY-laptop' },
    ],
    [
      { kind: 'decided', at: START, by: { kind: 'service' }, useUntil: START, workstations: [workstation] },
      { 'workstations.0.name': 'CANARY-laptop' },
    ],
    [{ kind: 'passkey-appeared', at: START, by: { kind: 'service' }, passkey }, { 'passkey.name': 'CANARY key' }],
    [
      {
        ...{
          kind: 'approval-begun',
          at: START,
          by,
          person,
          how: 'video',
          job: 'job-1',
          workstation,
          validUntil: START,
        },
        statement: {
          ...{ audience: 'https://keyvouch.example', job: 'job-1', salt: 'CANARY salt', ticket: 'KV-AAAA-AA' },
          ...{ flow: 'lost-key', how: 'video', vouch: true, iat: 1, exp: 2 },
          subject: { id: ADA.id, name: 'CANARY Ada', userPrincipalName: 'CANARY-ada@contoso.com' },
          approver: { ...person, userPrincipalName: 'CANARY-bob@contoso.com' },
          requester: { id: ADA.id, name: 'CANARY Ada' },
          removes: [{ id: 'method-9', name: 'CANARY key' }],
          workstations: [],
        },
      },
      {
        ...{ 'by.name': EVE.name, 'person.name': 'CANARY Bob', 'workstation.name': 'CANARY-laptop' },
        ...{ 'statement.salt': 'CANARY salt', 'statement.subject.name': 'CANARY Ada' },
        ...{ 'statement.subject.userPrincipalName': 'CANARY-ada@contoso.com', 'statement.approver.name': 'CANARY Bob' },
        ...{
          'statement.approver.userPrincipalName': 'CANARY-bob@contoso.com',
          'statement.requester.name': 'CANARY Ada',
        },
        'statement.removes.0.name': 'CANARY key',
      },
    ],
  ])('%j', (event, personal) => {
    const split = splitEvent(event);
    expect(split.personal).toEqual(personal);
    expect(JSON.stringify(split.data)).not.toContain('CANARY');
    expect(JSON.stringify(split.data)).not.toContain(EVE.name);
    for (const field of ['at', 'kind']) expect(split.data).not.toHaveProperty(field);
  });

  test('of an opening: every name, the reason, and what the risks say', () => {
    const ticket = openTicket({ hander: EVE, requester: BOB });
    const { data, personal } = splitEvent({ ...openedEvent(ticket), ...{ hander: EVE } });
    expect(personal).toEqual({
      'by.name': BOB.name,
      'requester.name': BOB.name,
      'subject.name': ADA.name,
      'hander.name': EVE.name,
      reason: ticket.reason,
      'risks.0.facts': { who: 'Mallory Mumble' },
      'approvers.0.name': BOB.name,
    });
    expect(data).toMatchObject({
      requester: { id: BOB.id },
      risks: [{ code: 'colleague-says' }],
      approvers: [{ id: BOB.id, circle: 0, via: 'manager' }],
      passkeysBefore: ['method-1'],
    });
  });
});
