import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { type PinQuestion, type Prompts } from './prompts';

/** What the person answers, in order. */
export interface Script {
  pins?: readonly string[];
  confirms?: readonly boolean[];
  answers?: readonly string[];
}

/** Prompts that answer from a script and write down what they were asked, without PINs. */
export interface ScriptedPrompts extends Prompts {
  readonly log: readonly string[];
  readonly pinQuestions: readonly PinQuestion[];
}

/** For tests and rehearsals: no terminal, no waiting. A question beyond the script is the Fault `script-ended`. */
export function scriptedPrompts({ pins = [], confirms = [], answers = [] }: Script = {}): ScriptedPrompts {
  const log: string[] = [];
  const pinQuestions: PinQuestion[] = [];
  const left = { pins: [...pins], confirms: [...confirms], answers: [...answers] };

  function next<T>(queue: T[], question: string): T {
    const answer = queue.shift();
    if (answer !== undefined) return answer;
    throw new Fault({
      code: 'script-ended',
      say: `Nobody answers: ${question}`,
      todo: 'Give the script more answers.',
    });
  }

  return {
    log,
    pinQuestions,
    say: (line) => void log.push(`say ${line}`),
    progress(text) {
      log.push(`progress ${text}`);
      return { done: () => void log.push('done') };
    },
    touch: (text) => void log.push(`touch ${text}`),
    touchDone: () => void log.push('touched'),
    async askPin(question) {
      log.push(`pin ${question.purpose}`);
      pinQuestions.push(question);
      return new Secret(next(left.pins, `PIN (${question.purpose})`));
    },
    async confirm(question) {
      log.push(`confirm ${question}`);
      return next(left.confirms, question);
    },
    async ask(question) {
      log.push(`ask ${question}`);
      return next(left.answers, question);
    },
  };
}
