import { type TeamsStandIn } from '../teams';
import { type Ports } from './options';
import { type RequestName, type Requests } from './requests';

type Actions = { [Name in RequestName]: (request: Requests[Name]) => unknown };

/** A part of the sandbox that this page was started without. */
export class NotHere extends Error {}

function here<T>(port: T | undefined): T {
  if (port === undefined) throw new NotHere('This sandbox was started without that.');
  return port;
}

/** What each request of the page does. A promise is waited for, and its value is the reply. */
export const pageActions = (teams: TeamsStandIn, ports: Ports, reset: (() => Promise<void>) | undefined): Actions => ({
  say: async ({ person, text }) => ({ delivered: (await teams.say(person, text)).status === 200 }),
  press: async ({ person, message, action: { type, title, verb, id, data } }) => {
    const named = { ...(title !== undefined && { title }), ...(verb !== undefined && { verb }), ...(id && { id }) };
    const answer = await teams.press(person, message, { type, data, withInputs: true, ...named });
    return { kind: answer.kind };
  },
  open: ({ person }) => teams.open(person),
  leave: ({ person }) => teams.leave(person),
  read: ({ person }) => teams.read(person),
  install: async ({ person }) => {
    await teams.install(person);
  },
  account: ({ user }) => here(ports.entra).view(user),
  'sign-in-with-pass': ({ user, pass }) => here(ports.entra).signInWithPass(user, pass),
  'sign-in-with-key': ({ user, pin }) => here(ports.entra).signInWithKey(user, { pin }),
  'security-info': ({ user, session, pin, name }) =>
    here(ports.entra).registerAtSecurityInfo(user, session, { pin, name }),
  key: async ({ do: what }) => {
    const key = here(ports.key);
    if (what === 'touch') key.touch();
    else await key.power(what === 'plug');
  },
  'workstation-start': ({ command }) => here(ports.workstation).start(command),
  'workstation-write': ({ text }) => here(ports.workstation).write(text),
  'workstation-stop': () => here(ports.workstation).stop(),
  reset: () => here(reset)(),
});
