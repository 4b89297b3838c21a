import { type Flow } from '../../../bot/tickets/ticket';
import { people } from '../../local/entra';
import { textOf } from '../../local/play/reading';
import { givenBy, givenSince } from '../rig/house/given';
import { press } from '../rig/house/hands';
import { type Room } from '../rig/house/room';
import { approve, click } from '../rig/house/walk';
import { type Dice } from '../seed';
import { approvedScene, hammer, otherThan, reap, type Scene, trueOne, tryCode } from './stage';

/** One stolen session, or one way to come by a code; what was found wrong, a line each. */
export interface Play {
  name: string;
  /** Whether somebody hands over. */
  handed?: true;
  /** What the thief does; whatever is given out meanwhile is a violation. @returns what else is wrong */
  steal(scene: Scene): Promise<string[]>;
  /** Whether the true code still works afterwards. */
  after: 'works' | 'dead' | 'over';
}

const { mara, jonas, viktor, suki } = people;
const TRIES = 3;
/** Wrong codes typed at the same moment. */
const AT_ONCE = 24;

async function tries({ room, ticket }: Scene): Promise<number> {
  return (await room.ticket(ticket)).vouchTries;
}

/** Codes as nobody was shown them. */
const ODD_CODES: readonly unknown[] = [
  ...['', ' ', '0', '00000', '0000000', 'abcdef', '１２３４５６', '-1', '1e5', 'null', '000000'.repeat(20), '٠١٢٣٤٥'],
  ...[null, 0, 123456, ['123456'], { $ne: '' }, true],
];

export const PLAYS: readonly Play[] = [
  {
    name: "the recipient's session, everything but the code",
    async steal(scene) {
      await hammer(scene, scene.recipient);
      return [];
    },
    after: 'works',
  },
  {
    name: "the approver's session",
    async steal(scene) {
      await hammer(scene, mara);
      // Whoever sits there reads the code, and is not the one who may type it.
      const taken = await tryCode(scene, mara, scene.code);
      const counted = await tries(scene);
      return [
        ...(taken ? ['the approver’s own code was taken from them'] : []),
        ...(counted > 0 ? ['it counted'] : []),
      ];
    },
    after: 'works',
  },
  {
    name: "the requester's and the hander's sessions",
    handed: true,
    async steal(scene) {
      await hammer(scene, jonas);
      await hammer(scene, scene.recipient);
      return [];
    },
    after: 'works',
  },
  {
    name: "the requester's session, with the code, where another receives",
    handed: true,
    async steal(scene) {
      const taken = await tryCode(scene, jonas, scene.code);
      return taken ? ['the code was taken from one who does not receive'] : [];
    },
    after: 'works',
  },
  {
    name: 'anybody else, with the code',
    async steal(scene) {
      const found: string[] = [];
      for (const one of [viktor, suki, scene.room.somebody()]) {
        if (await tryCode(scene, one, scene.code)) found.push('the code was taken from somebody else');
      }
      return found;
    },
    after: 'works',
  },
  {
    name: 'odd codes',
    async steal(scene) {
      const { room, recipient, ticket, way } = scene;
      await click(room, recipient, ticket, way);
      for (const code of ODD_CODES) {
        if ((await tries(scene)) >= TRIES) break;
        await tryCode(scene, recipient, code as string);
      }
      return (await room.ticket(ticket)).vouchedAt ? ['an odd code was taken'] : [];
    },
    after: 'dead',
  },
  {
    name: 'three guesses, one after the other, by both kinds of click',
    async steal(scene) {
      const { room, recipient, ticket, way, dice, code } = scene;
      await click(room, recipient, ticket, way);
      for (let guess = 0; guess < TRIES + 2; guess += 1) {
        const via = guess % 2 === 0 ? 'execute' : 'submit';
        await click(room, recipient, ticket, 'vouch', { code: otherThan(code, dice), via });
      }
      await reap(scene, recipient);
      const counted = await tries(scene);
      return counted === TRIES ? [] : [`${counted} tries were counted`];
    },
    after: 'dead',
  },
  {
    name: 'many guesses at once, on two processes',
    async steal(scene) {
      const { room, recipient, ticket, way, dice, code } = scene;
      await click(room, recipient, ticket, way);
      const nonce = `v${(await room.ticket(ticket)).version}`;
      const guesses = Array.from({ length: AT_ONCE }, () => otherThan(code, dice));
      await Promise.all(
        guesses.map((guess) => press(room.house, recipient.id, { verb: 'vouch', ticket, nonce, code: guess })),
      );
      await room.house.rest();
      await reap(scene, recipient);
      const counted = await tries(scene);
      return counted <= TRIES ? [] : [`${counted} tries were counted`];
    },
    after: 'dead',
  },
  {
    name: 'the code of another ticket, and the one before this',
    async steal(scene) {
      const { room, recipient, ticket, flow, dice, way } = scene;
      const other = await approvedScene(room, dice, flow);
      // By chance once in a million.
      if (other.code === scene.code) return ['two tickets have the same code'];
      await click(room, recipient, ticket, way);
      const wrong = await tryCode(scene, recipient, other.code);
      // Asked for again, by the same person: what was passed on then is of no use now.
      await click(room, jonas, other.ticket, 'cancel');
      const again = { ...other, ticket: await room.open(flow, { subject: other.subject, requester: other.subject }) };
      const fresh = await approve(room, again.ticket, mara);
      await click(room, again.recipient, again.ticket, again.way);
      if (fresh === other.code) return ['a code that was given out before is given out again'];
      const old = await tryCode(again, again.recipient, other.code);
      return [...(wrong ? ['another ticket’s code was taken'] : []), ...(old ? ['an old code was taken'] : [])];
    },
    after: 'works',
  },
  {
    name: 'the code after the approval has ended, before any timer has run',
    async steal(scene) {
      scene.room.house.skip(72 * 3600 + 60);
      await hammer(scene, scene.recipient);
      const taken = await tryCode(scene, scene.recipient, scene.code);
      return taken ? ['the code was taken'] : [];
    },
    after: 'over',
  },
  {
    name: 'the code after a cancellation',
    async steal(scene) {
      const { room, recipient, ticket } = scene;
      await click(room, jonas, ticket, 'cancel');
      const taken = await tryCode(scene, recipient, scene.code);
      return taken ? ['the code was taken'] : [];
    },
    after: 'over',
  },
  {
    name: 'the code after the subject has said that this was not them',
    // Asked for by somebody else, so that the subject can say so in every flow.
    handed: true,
    async steal(scene) {
      const { room, subject, recipient, ticket } = scene;
      await click(room, subject, ticket, 'not-me');
      const { status } = await room.ticket(ticket);
      const taken = await tryCode(scene, recipient, scene.code);
      return [
        ...(status === 'frozen' ? [] : [`it is ${status}, not frozen`]),
        ...(taken ? ['the code was taken'] : []),
      ];
    },
    after: 'over',
  },
  {
    name: 'reading what others are shown',
    async steal({ room, code, recipient, subject }) {
      const { teams, logged } = room.house;
      const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
      const cards = [recipient.id, subject.id, jonas.id].flatMap((id) =>
        teams.chat(id).flatMap(({ card }) => (card ? [textOf(card)] : [])),
      );
      const shown = cards.some((text) => text.includes(spaced) || text.includes(code));
      const logs = logged.some((line) => line.includes(code));
      return [...(shown ? ['a card shows the code'] : []), ...(logs ? ['the log holds the code'] : [])];
    },
    after: 'works',
  },
];

async function afterwards({ after }: Play, scene: Scene): Promise<string[]> {
  if (after === 'works') return trueOne(scene);
  const before = await givenBy(scene.room.house, [scene.workstation]);
  const taken = await tryCode(scene, scene.recipient, scene.code);
  const given = givenSince(before, await givenBy(scene.room.house, [scene.workstation]));
  return [...(taken ? ['the true code was taken although it is dead'] : []), ...given];
}

/** Plays one, and sees that nothing is given out without the code, and that with it something is. */
export async function playOne(room: Room, dice: Dice, flow: Flow, play: Play): Promise<string[]> {
  const scene = await approvedScene(room, dice, flow, play.handed);
  const before = await givenBy(room.house, [scene.workstation]);
  const wrong = await play.steal(scene);
  const given = givenSince(before, await givenBy(room.house, [scene.workstation]));
  const found = [...wrong, ...given];
  return found.length > 0 ? found : afterwards(play, scene);
}
