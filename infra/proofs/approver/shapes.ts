import { hasStep } from '../../../bot/tickets/plan';
import { type Flow } from '../../../bot/tickets/ticket';
import { groups, people } from '../../local/entra';
import { type Account } from '../rig/house/crowd';
import { press } from '../rig/house/hands';
import { plainly, type Room } from '../rig/house/room';
import { type Link, LINKS, linked } from './links';

/** A ticket, somebody who may not decide on it, and somebody who may. */
export interface Trial {
  ticket: string;
  wrong: { id: string };
  /** What a forger puts into the data besides. */
  forged?: Readonly<Record<string, unknown>>;
  /** Puts right what was wrong; undefined: nothing is to be put right. */
  mend?: () => void;
  /** Who may then decide; undefined: nobody any more. */
  right?: { id: string };
}

export interface Shape {
  name: string;
  fits(flow: Flow): boolean;
  lay(room: Room, flow: Flow): Promise<Trial>;
}

const { mara, viktor, jonas, suki, petra, gael, oskar } = people;
const always = (): boolean => true;
/** Flows in which somebody hands over. */
const handing = (flow: Flow): boolean => hasStep({ flow }, 'vouch');
const forOneself = (flow: Flow): boolean => flow !== 'return-key';

const nonceOf = async (room: Room, id: string) => `v${(await room.ticket(id)).version}`;

function setManager({ house }: Room, subject: Account, manager: { id: string } | null): void {
  house.entra.edit({ user: subject.id, set: { managerId: manager?.id ?? null } });
}

/** Somebody of the crowd with a ticket, as the plainest case has it; Mara decides. */
async function plain(room: Room, flow: Flow): Promise<{ ticket: string; subject: Account }> {
  const subject = room.somebody();
  return { ticket: await room.open(flow, plainly(flow, subject)), subject };
}

const outsiders: Readonly<Record<string, (room: Room) => { id: string }>> = {
  'somebody outside the rule': (room) => room.somebody(),
  'a circle that was not asked yet': () => viktor,
  'the helpdesk, whom no rule names': () => suki,
  'a guest': () => gael,
  'a disabled account': () => oskar,
};

const strangers: Shape[] = Object.entries(outsiders).map(([name, who]) => ({
  name,
  fits: always,
  lay: async (room, flow) => ({ ticket: (await plain(room, flow)).ticket, wrong: who(room), right: mara }),
}));

const partiesThemselves: Shape[] = [
  {
    name: 'the requester, who is the subject',
    fits: forOneself,
    lay: async (room, flow) => {
      const { ticket, subject } = await plain(room, flow);
      return { ticket, wrong: subject, right: mara };
    },
  },
  {
    name: 'the subject, who is their own manager in the directory',
    fits: forOneself,
    lay: async (room, flow) => {
      const subject = room.somebody();
      const ticket = await room.open(flow, plainly(flow, subject));
      setManager(room, subject, subject);
      return { ticket, wrong: subject, mend: () => setManager(room, subject, mara), right: mara };
    },
  },
  {
    name: 'the manager, who asked on behalf',
    fits: always,
    lay: async (room, flow) => {
      const subject = room.somebody();
      const hander = handing(flow) ? { hander: petra } : {};
      return { ticket: await room.open(flow, { subject, requester: mara, ...hander }), wrong: mara, right: viktor };
    },
  },
  {
    name: 'the manager, who hands over',
    fits: handing,
    lay: async (room, flow) => {
      const subject = room.somebody();
      const parties = { subject, requester: jonas, hander: mara };
      return { ticket: await room.open(flow, parties), wrong: mara, right: viktor };
    },
  },
  {
    name: 'the subject of a ticket that the helpdesk opened',
    fits: always,
    lay: async (room, flow) => {
      const subject = room.somebody();
      return { ticket: await room.open(flow, { subject, requester: jonas }), wrong: subject, right: mara };
    },
  },
];

const changes: Shape[] = [
  {
    name: 'a former manager',
    fits: always,
    lay: async (room, flow) => {
      const { ticket, subject } = await plain(room, flow);
      setManager(room, subject, viktor);
      return { ticket, wrong: mara, mend: () => setManager(room, subject, mara), right: mara };
    },
  },
  ...(
    [
      ['a manager who was disabled since', { accountEnabled: false }, { accountEnabled: true }],
      ['a manager who is a guest now', { userType: 'Guest' }, { userType: 'Member' }],
    ] as const
  ).map(([name, spoiled, mended]): Shape => ({
    name,
    fits: always,
    lay: async (room, flow) => {
      const [subject, boss] = [room.somebody(), room.somebody()];
      setManager(room, subject, boss);
      const ticket = await room.open(flow, plainly(flow, subject));
      room.house.entra.edit({ user: boss.id, set: spoiled });
      const mend = (): void => room.house.entra.edit({ user: boss.id, set: mended });
      return { ticket, wrong: boss, mend, right: boss };
    },
  })),
];

/** Seconds after which a ticket that waits has expired. */
const EXPIRED_SECONDS = 72 * 3600 + 60;

const tooLate: Shape[] = [
  {
    name: 'after expiry, before any timer has run',
    fits: always,
    lay: async (room, flow) => {
      const { ticket } = await plain(room, flow);
      room.house.skip(EXPIRED_SECONDS);
      return { ticket, wrong: mara };
    },
  },
  {
    name: 'after expiry',
    fits: always,
    lay: async (room, flow) => {
      const { ticket } = await plain(room, flow);
      await room.house.pass(EXPIRED_SECONDS);
      return { ticket, wrong: mara };
    },
  },
  ...(
    [
      ['after a denial', mara, { verb: 'deny', denial: 'Nobody of mine.' }],
      ['after a cancellation', jonas, { verb: 'cancel' }],
      ['after an approval, by the next circle', mara, { verb: 'approve', how: 'video' }],
    ] as const
  ).map(([name, who, click]): Shape => ({
    name,
    fits: always,
    lay: async (room, flow) => {
      const { ticket } = await plain(room, flow);
      await press(room.house, who.id, { ...click, ticket, nonce: await nonceOf(room, ticket) });
      await room.house.rest();
      return { ticket, wrong: name.includes('circle') ? viktor : mara };
    },
  })),
];

const forgers: Shape[] = [
  {
    name: 'who may decide on another ticket, with the id of this one',
    fits: always,
    lay: async (room, flow) => {
      const subject = room.somebody();
      setManager(room, subject, jonas);
      const other = await plain(room, flow);
      const parties = flow === 'return-key' ? { subject, requester: suki } : plainly(flow, subject);
      const ticket = await room.open(flow, parties);
      return { ticket, wrong: mara, forged: { nonce: await nonceOf(room, other.ticket) }, right: jonas };
    },
  },
  {
    name: 'who puts the right one’s name into the data',
    fits: always,
    lay: async (room, flow) => {
      const { ticket } = await plain(room, flow);
      const names = ['by', 'actor', 'approver', 'person', 'subject', 'from', 'aadObjectId', 'userId'];
      const forged = Object.fromEntries(names.map((name) => [name, mara.id]));
      return { ticket, wrong: room.somebody(), forged, right: mara };
    },
  },
];

type Party = 'subject' | 'requester' | 'hander';

/** A second account of somebody who has a part in the ticket, which the directory names as the subject's manager. */
function secondAccount(party: Party, name: string, link: Link | undefined, when: 'before' | 'after'): Shape {
  return {
    name: `a second account of the ${party}: ${name}, ${when === 'before' ? 'all along' : 'found only after the asking'}`,
    fits: (flow) => (party === 'hander' ? handing(flow) : party === 'subject' ? forOneself(flow) : true),
    async lay(room, flow) {
      const [one, second] = link ? [room.somebody(), room.somebody()] : room.pair();
      const subject = party === 'subject' ? one : room.somebody();
      if (party === 'requester') room.house.entra.edit({ user: one.id, addToGroups: [groups.helpdesk] });
      const requester = party === 'subject' ? subject : party === 'requester' ? one : jonas;
      const parties = { subject, requester, ...(party === 'hander' && { hander: one }) };
      setManager(room, subject, second);
      const tie = (): (() => void) => (link ? linked(room.house, link, one, second) : () => undefined);
      const before = when === 'before' ? tie() : undefined;
      const ticket = await room.open(flow, parties);
      const untie = before ?? tie();
      // Not asked at first, it is none of theirs: then the next one in the rule decides.
      return {
        ticket,
        wrong: second,
        ...(when === 'after' && { mend: untie }),
        right: when === 'after' ? second : mara,
      };
    },
  };
}

const PARTIES: readonly Party[] = ['subject', 'requester', 'hander'];

const secondAccounts: Shape[] = PARTIES.flatMap((party) => [
  ...Object.entries(LINKS).flatMap(([name, link]) =>
    (['before', 'after'] as const).map((when) => secondAccount(party, name, link, when)),
  ),
  secondAccount(party, 'a pair in the settings', undefined, 'before'),
]);

/** Everybody who might decide on a ticket and must not, by what is wrong with them. */
export const SHAPES: readonly Shape[] = [
  ...strangers,
  ...partiesThemselves,
  ...changes,
  ...tooLate,
  ...forgers,
  ...secondAccounts,
];
