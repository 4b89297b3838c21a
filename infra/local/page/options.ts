import { randomUUID } from 'node:crypto';
import { type TeamsStandIn } from '../teams';
import { type EntraPort, type KeyPort, type MailPort, type WorkstationPort } from './ports';
import { type GuideStep } from './wire';

/** The parts of the sandbox besides Teams; what is left out is not on the page. */
export interface Ports {
  entra?: EntraPort;
  key?: KeyPort;
  workstation?: WorkstationPort;
  mail?: MailPort;
}

export interface PageOptions extends Ports {
  /** 0: any free port of 127.0.0.1. */
  port: number;
  teams: TeamsStandIn;
  /** Ids of the people in the columns. Default: the first three. */
  columns?: readonly string[];
  /** The way through the main job. Default: a first key from asking to signing in. */
  guide?: readonly GuideStep[];
  /** What an empty chat offers to say. */
  prompts?: readonly string[];
  real?: readonly string[];
  standsIn?: readonly string[];
  /** Puts the sandbox back to its start; without it there is no such button. */
  onReset?: () => Promise<void>;
}

const REAL = [
  'The bot: its rules, its cards, its storage, its audit trail',
  'The Functions host that it runs in, and every check of a token',
  'The workstation program, speaking CTAP2 to a key',
];
const STANDS_IN = [
  'Teams and the Bot Connector, with their limits and refusals',
  'Microsoft Entra ID and Microsoft Graph',
  'The security key: a program that answers as one does',
];

const guideFor = (names: readonly string[]): GuideStep[] => {
  const [employee = 'The employee', manager = 'the manager'] = names;
  return [
    { title: `${employee} asks`, text: 'Say “hi”, ask for a security key, say why, and send it.' },
    { title: `${manager} vouches`, text: `Say how you recognised ${employee}, approve, and show the code.` },
    {
      title: `${employee} pairs the workstation`,
      text: 'Say “pair”, run “pair” at the workstation, confirm its words.',
    },
    { title: 'The key is registered', text: 'Choose the workstation, type the code, run the agent, touch the key.' },
    { title: 'Sign in with it', text: 'In the account view: “Sign in with this key”.' },
  ];
};

/** The options with everything that may be left out filled in. */
export function pageSetup(options: PageOptions) {
  const people = options.teams.people();
  const columns = (options.columns ?? people.map(({ id }) => id)).slice(0, 3);
  const names = columns.map((id) => options.teams.person(id).name.split(' ')[0] ?? '');
  return {
    instance: randomUUID(),
    appName: options.teams.appName,
    columns,
    guide: options.guide ?? guideFor(names),
    prompts: options.prompts ?? ['hi', 'help'],
    real: options.real ?? REAL,
    standsIn: options.standsIn ?? STANDS_IN,
    canReset: options.onReset !== undefined,
    hasAccounts: options.entra !== undefined,
  };
}
