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
  say: async ({ person, group, text }) => {
    const said = group === undefined ? await teams.say(person, text) : await teams.groups.say(group, person, text);
    return { delivered: said?.status === 200 };
  },
  press: async ({ person, group, message, action: { type, title, verb, id, data } }) => {
    const named = { ...(title !== undefined && { title }), ...(verb !== undefined && { verb }), ...(id && { id }) };
    const action = { type, data, withInputs: true, ...named };
    const answer =
      group === undefined
        ? await teams.press(person, message, action)
        : await teams.groups.press(group, person, message, action);
    return { kind: answer.kind };
  },
  'answer-file': async ({ person, message, accept }) => ({
    delivered: (await teams.answerFile(person, message, accept)).status === 200,
  }),
  open: ({ person, group }) => (group === undefined ? teams.open(person) : teams.groups.open(group, person)),
  leave: ({ person, group }) => (group === undefined ? teams.leave(person) : teams.groups.leave(group, person)),
  search: async ({ person, group, command, text }) => {
    const { delivery: _wire, ...answer } = await teams.groups.search(person, command, text, group);
    return answer;
  },
  insert: ({ person, group, card }) => {
    teams.groups.insert(group, person, card);
  },
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
