import { Fault } from '../../../agent/protocol/fault';
import { act, ask, memberOf } from '../../../bot/service';
import { type Deps } from '../../../bot/service/deps';
import { type Outcome } from '../../../bot/service/messenger';
import { type Name, WHO } from '../../../bot/service/testing/world';
import { hasStep } from '../../../bot/tickets/plan';
import { type Flow } from '../../../bot/tickets/ticket';
import { createGatedWorld } from '../rig/gated/world';
import { type Dice } from '../seed';
import { type Answer } from './deliver';
import { type Stage } from './play';
import { type Role } from './stories';

const CAST: Readonly<Record<Role, Name>> = { subject: 'ada', approver: 'bob', helpdesk: 'helen', colleague: 'hugo' };
/** Seconds that go by at once; the longest that anything takes is half an hour. */
const STEP_SECONDS = 15;
const WAITS_AT_MOST = 120;

function answerOf({ details, refusal, pass, vouchCode }: Outcome): Answer {
  if (!details) return { fault: refusal?.code ?? 'no card' };
  const letters = pass?.text.reveal() ?? vouchCode?.reveal();
  return letters === undefined ? {} : { letters };
}

const faultOf = (error: unknown): Answer => ({ fault: error instanceof Fault ? error.code : String(error) });

/** Two processes over one storage in memory, whose calls come in an order that the dice choose. */
export async function stageInMemory(flow: Flow, dice: Dice): Promise<Stage> {
  const world = await createGatedWorld(dice, 1);
  const { processes, entra, scheduler } = world;
  const [deps] = processes;
  if (hasStep({ flow }, 'remove') || flow === 'spare-key') {
    const key = { id: 'old', displayName: 'An old key', createdAt: new Date(scheduler.now()) };
    entra.passkeys.set(WHO.ada, [{ ...key, credentialIds: [Buffer.from('old')] }]);
  }
  const pairedAt = new Date(scheduler.now()).toISOString();
  await world.run(() =>
    deps.workstations.put({
      ...{ id: 'ws-1', person: WHO.ada, kind: 'own', name: 'a laptop', state: 'active' },
      ...{ publicJwk: '{}', thumbprint: 'none', pairedAt, confirmedAt: pairedAt },
    }),
  );

  /** Each delivery comes to one of the two processes when its turn is. */
  const deliver = (times: number, one: (deps: Deps) => Promise<Outcome>): Promise<Answer[]> =>
    world.run(() =>
      Promise.all(
        Array.from({ length: times }, () => scheduler.turn(() => one(dice.one(processes)).then(answerOf, faultOf))),
      ),
    );

  return {
    subject: { id: WHO.ada },
    newId: () => deps.newId(),
    ask: (who, what, id, times) =>
      deliver(times, async (at) =>
        ask(at, await memberOf(at, WHO[CAST[who]]), {
          ...{ id, flow: what, subject: WHO.ada, reason: 'I need this to sign in.', at: at.now().toISOString() },
          ...(hasStep({ flow: what }, 'remove') && { passkeys: 'all' }),
        }),
      ),
    press: ({ who, ...click }, times) =>
      deliver(times, async (at) => act(at, await memberOf(at, WHO[CAST[who]]), click)),
    read: (work) => world.run(() => work(deps.tickets)),
    passesMade: () => entra.calls.filter((call) => call === 'passes.create').length,
    wait: () => world.pass(STEP_SECONDS),
    waitsAtMost: WAITS_AT_MOST,
  };
}
