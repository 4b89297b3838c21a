import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type AgentProcess } from '../sandbox/agent-process';
import { type CardJson } from '../teams';
import { playAtTheKey } from './at-the-key';
import { lookAt, type Stage } from './persistent-story';
import { findInput, lettersOf } from './reading';

const AGENT_IDLE_SECONDS = '30';

/** Pairs the workstation: with a new code and a new name each time, until the agent says that it is done. @returns its name */
export async function pair(stage: Stage, workstation: string): Promise<string> {
  const { sandbox, player, roles } = stage;
  const person = roles.recipient.id;
  let tries = 0;
  return player.until('a paired workstation', async () => {
    const shown = await player.press(person, 'pair');
    // Once one is paired, the home card offers no second: the list of workstations does.
    if (!shown) await player.say(person, 'workstations');
    const code = shown && lettersOf(shown);
    if (!code) return undefined;
    tries += 1;
    const name = `${workstation}-${tries}`;
    const agent = sandbox.agent(workstation, ['pair', '--name', name, '--code', code, '--yes', '--json-lines']);
    const ended = agent.ended.then((status) => status ?? 1);
    for (;;) {
      const status = await Promise.race([ended, pause(500, 'running' as const)]);
      if (status !== 'running') return status === 0 ? name : undefined;
      await player.press(person, 'confirm-workstation');
    }
  });
}

const Choice = z.object({ choices: z.array(z.object({ title: z.string(), value: z.string() })) });

/** Chooses a workstation by its name, where the card asks which. */
export function choiceOf(card: CardJson | undefined, name: string): Record<string, string> {
  const input = card && findInput(card, 'workstation');
  const chosen = Choice.safeParse(input).data?.choices.find(({ title }) => title === name);
  return chosen ? { workstation: chosen.value } : {};
}

/** The person at the workstation. The number comes from a fresh look at the ticket. */
export function answerAgent(stage: Stage, agent: AgentProcess, ticket: string): void {
  const { player, roles } = stage;
  const number = () =>
    player.until('the number for the workstation', async () => {
      const card = await lookAt(stage, roles.recipient.id, ticket);
      return card && lettersOf(card);
    });
  playAtTheKey(agent, { key: roles.key, pin: roles.pin, number });
  agent.onLine((line) => {
    if (line.startsWith('{') && line.includes('"made"')) stage.onQuiet?.();
  });
}

/** Runs the agent for one job, or what a run before has left. @returns whether it says that Entra has the key */
export async function runForOneJob(stage: Stage, workstation: string, ticket: string): Promise<boolean> {
  const device = `tcp:127.0.0.1:${stage.roles.key.port}`;
  const args = ['run', '--once', '--until-idle', AGENT_IDLE_SECONDS, '--device', device, '--json-lines'];
  const agent = stage.sandbox.agent(workstation, args);
  answerAgent(stage, agent, ticket);
  await agent.ended;
  return agent.lines().some(({ text }) => text.includes('"registered"'));
}
