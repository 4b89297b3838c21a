import { executed, submitted } from './said-and-clicked';

const TICKET = '01JNGZ0000000000000000K7Q2';
const invoke = (action: unknown) => ({ value: { action, trigger: 'manual' } });
const DATA = { verb: 'approve', ticket: TICKET, nonce: 'v1' };

test('an Execute is known by its verb, with what was typed', () => {
  const action = { type: 'Action.Execute', verb: 'approve', data: { ...DATA, how: 'video', denial: '' } };
  expect(executed(invoke(action))).toEqual({ ...DATA, how: 'video', denial: '', by: 'execute' });
});

test('a Submit says the same, and that it was one', () => {
  expect(submitted({ value: { ...DATA, code: '123456' } })).toEqual({ ...DATA, code: '123456', by: 'submit' });
});

test('nobody says of themselves how the click came, and what is not ours is dropped', () => {
  const click = submitted({ value: { ...DATA, by: 'execute', helpdesk: true, actor: 'x', at: '2020' } });
  expect(click).toEqual({ ...DATA, by: 'submit' });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['text', 'approve'],
  ['no action', {}],
  ['no data', { action: { verb: 'approve' } }],
  ['data that is a list', { action: { verb: 'approve', data: [] } }],
  ['an unknown verb', { action: { verb: 'sudo', data: DATA } }],
  ['an empty verb', { action: { verb: '', data: DATA } }],
  ['a verb of another shape', { action: { verb: 7, data: DATA } }],
  ['no verb at all', { action: { data: { ticket: TICKET } } }],
  ['a ticket that is no ULID', { action: { verb: 'approve', data: { ...DATA, ticket: "x' or 1 eq 1" } } }],
  ['a ticket in small letters', { action: { verb: 'approve', data: { ...DATA, ticket: TICKET.toLowerCase() } } }],
  ['a nonce that is a novel', { action: { verb: 'approve', data: { ...DATA, nonce: 'n'.repeat(65) } } }],
  ['a nonce that is an object', { action: { verb: 'approve', data: { ...DATA, nonce: {} } } }],
  ['a code that is a novel', { action: { verb: 'vouch', data: { ...DATA, code: '1'.repeat(33) } } }],
  ['a reason of megabytes', { action: { verb: 'send-request', data: { reason: 'x'.repeat(4001) } } }],
  ['a prototype', { action: { verb: '__proto__', data: {} } }],
])('%s is no click of ours', (_, value) => {
  expect(executed({ value })).toBeUndefined();
});

test.each([[undefined], ['approve'], [[]], [{}], [{ verb: 'sudo' }], [{ verb: 'show', ticket: '../x' }]])(
  'a message with the value %j is no click of ours',
  (value) => {
    expect(submitted({ value })).toBeUndefined();
  },
);

test('an odd way of recognition is as if none was chosen: it is asked for again', () => {
  expect(submitted({ value: { ...DATA, how: 'telepathy' } })).toEqual({ ...DATA, by: 'submit' });
});
