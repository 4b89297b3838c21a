import { z } from 'zod';
import { type VirtualKey } from '../key';
import { type AgentProcess } from '../sandbox/agent-process';

/** What the person at the workstation knows and has in hand. */
export interface AtTheKey {
  key: VirtualKey;
  pin: string;
  /** What the chat shows for this job. */
  number: () => Promise<string> | string;
  /** What is answered to a question of yes or no. Default: yes, but for a list that would take the PIN. */
  agrees?: (question: string) => boolean;
}

const AgentEvent = z.object({ event: z.string(), question: z.string().optional() });

const unlessPin = (question: string): boolean => !question.startsWith('List first');

/** Plays the person at the workstation: types what the agent asks for, and unplugs and plugs in the key when told. */
export function playAtTheKey(agent: AgentProcess, { key, pin, number, agrees = unlessPin }: AtTheKey): void {
  const failed = (): void => agent.kill();
  const told: Readonly<Record<string, (question: string) => void>> = {
    'need-number': () => void Promise.resolve(number()).then(agent.write, failed),
    'need-pin': () => agent.write(pin),
    'need-confirm': (question) => agent.write(agrees(question) ? 'y' : 'n'),
  };
  agent.onLine((line, error) => {
    if (!error && line.startsWith('{')) {
      const parsed = AgentEvent.safeParse(JSON.parse(line));
      if (parsed.data) told[parsed.data.event]?.(parsed.data.question ?? '');
    }
    if (/^Type ERASE\b/.test(line)) agent.write('ERASE');
    if (/^Unplug the key\b/.test(line)) void key.power(false).catch(failed);
    if (/^Plug the same key\b/.test(line)) void key.power(true).catch(failed);
  });
}
