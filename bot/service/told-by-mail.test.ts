import { refusedBy, unclear } from './testing/scripted-entra';
import { left, MAIL, PASS } from './testing/thief';
import { createWorld, WHO, type World } from './testing/world';

let world: World;
async function start(settings: Readonly<Record<string, string>> = MAIL): Promise<void> {
  world = await createWorld({ settings });
}
beforeEach(() => start());
afterEach(() => world.rest());

describe('who is told by mail', () => {
  const told = async (request: Parameters<World['ask']>[1] = PASS, by: Parameters<World['ask']>[0] = 'ada') => {
    const { id } = await world.ask(by, request);
    await world.rest();
    return world.ticket(id).told?.person.id;
  };

  test('the manager', async () => {
    expect(await told()).toBe(WHO.bob);
    expect(world.entra.mails).toMatchObject([{ mailbox: MAIL.KEYVOUCH_MAILBOX, to: 'bob@contoso.example' }]);
  });

  test('the subject, at another address than the account’s own', async () => {
    world.entra.people.get(WHO.ada)!.otherMails = ['ADA@contoso.example', 'ada@home.example'];
    expect(await told()).toBe(WHO.ada);
    expect(world.entra.mails.map(({ to }) => to)).toEqual(['ada@home.example']);
  });

  test('never the one who asks: it falls to the manager’s manager', async () => {
    expect(await told({ ...PASS, subject: WHO.ada }, 'bob')).toBe(WHO.carol);
  });

  test('nor the subject’s own second account', async () => {
    world.entra.people.get(WHO.bob)!.employeeId = 'E-ada';
    expect(await told()).toBe(WHO.carol);
  });

  test('nobody: the approver reads it before deciding', async () => {
    world.entra.managers.delete(WHO.bob);
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
    const { id } = await world.ask('ada', PASS);
    expect(world.ticket(id).told).toBeUndefined();
    expect(world.ticket(id).risks.map(({ code }) => code)).toContain('mail-nobody');
  });

  test.each<[string, Readonly<Record<string, string>>, Parameters<World['ask']>[1]]>([
    ['without a mailbox', {}, PASS],
    ['of a first key that one asks for oneself', MAIL, {}],
  ])('nobody %s', async (_, settings, request) => {
    await start(settings);
    expect(await told(request)).toBeUndefined();
    expect(world.entra.mails).toEqual([]);
  });
});

describe('the mail', () => {
  test('goes out when it is asked and when it is decided, each once, in the reader’s language', async () => {
    world.entra.people.get(WHO.bob)!.preferredLanguage = 'de-DE';
    const { id } = await world.ask('ada', PASS);
    await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(120);
    expect(world.entra.mails.map(({ html }) => /Noch hat niemand|Zugestimmt am/.exec(html)?.[0])).toEqual([
      'Noch hat niemand',
      'Zugestimmt am',
    ]);
    expect(world.kinds(id).filter((kind) => kind === 'mail-sent')).toHaveLength(2);
  });

  test('holds no code, and nothing that anybody typed', async () => {
    const { id } = await world.ask('ada', { ...PASS, reason: 'call +49 666 <b>at once</b>' });
    const { vouchCode } = await world.press('bob', id, 'approve', { how: 'video' });
    await world.pass(60);
    const all = JSON.stringify(world.entra.mails);
    expect(all).not.toContain(vouchCode!.reveal());
    expect(all).not.toContain('666');
  });

  test('whose reply is lost is sent again: twice is better than never', async () => {
    world.entra.script('mail.send', { kind: 'lost', fault: unclear() });
    const { id } = await world.ask('ada', PASS);
    await world.pass(120);
    expect(world.entra.mails).toHaveLength(2);
    expect(world.kinds(id).filter((kind) => kind === 'mail-sent')).toHaveLength(1);
    expect(left(world, id)).toEqual([]);
  });

  test('that cannot be sent is known to the helpdesk, and is not tried for ever', async () => {
    world.entra.script('mail.send', { kind: 'fails', fault: refusedBy('mailbox-denied') });
    const { id } = await world.ask('ada', PASS);
    await world.pass(60);
    expect(world.ticket(id).told?.mails).toMatchObject([{ about: 'opened', failed: 'mailbox-denied' }]);
    expect(world.messenger.latest(WHO.helen, 'helpdesk')?.details.view.told).toMatchObject({ failed: true });
    expect(left(world, id)).toEqual([]);
  });

  test('to an address that is gone is one that cannot be sent', async () => {
    world.entra.script('mail.send', { kind: 'fails', fault: unclear() });
    const { id } = await world.ask('ada', PASS);
    world.entra.people.get(WHO.bob)!.accountEnabled = false;
    await world.pass(120);
    expect(world.ticket(id).told?.mails).toMatchObject([{ failed: 'mail-no-address' }]);
  });
});
