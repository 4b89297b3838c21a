import { type Act } from '../protocol/job';

/** What a program that runs the agent can follow (`--json-lines`, one object a line). No event holds a PIN or a code. */
export type AgentEvent =
  | { event: 'need-service' }
  | { event: 'need-code' }
  | { event: 'need-number'; job: string }
  | { event: 'need-pin'; purpose: 'enter' | 'new' | 'repeat'; minimum: number; retriesLeft?: number }
  | { event: 'need-confirm'; question: string }
  | { event: 'words'; words: string[]; workstation: string; name: string; person: string }
  | { event: 'paired'; workstation: string; name: string; person: string; kind: 'own' | 'desk'; service: string }
  | { event: 'waiting' }
  | { event: 'job'; job: string; ticket: string; text: string[] }
  | { event: 'touch'; text: string }
  | { event: 'touch-done' }
  | { event: 'say'; text: string }
  | { event: 'made'; job: string; credentialId: string }
  | { event: 'registered'; job: string }
  | { event: 'done'; job: string; act: Act }
  | { event: 'key-rotated'; thumbprint: string }
  | { event: 'failed'; job?: string; code: string; say: string; todo: string }
  | { event: 'removed-credential'; job: string }
  | { event: 'ended' };

export type Tell = (event: AgentEvent) => void;

/** Events as lines of JSON on stdout; without `lines`, to nobody. */
export function teller(lines: boolean): Tell {
  return lines ? (event) => void process.stdout.write(`${JSON.stringify(event)}\n`) : () => undefined;
}
