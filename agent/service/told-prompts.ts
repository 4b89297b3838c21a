import { keyCancelled } from '../hid/faults';
import { type Prompts } from '../operations/prompts';
import { type Tell } from './agent-event';

/** Prompts that also tell a program what is said and asked, and whose questions end when the signal fires. */
export function toldPrompts(prompts: Prompts, tell: Tell): Prompts {
  return {
    say(line) {
      tell({ event: 'say', text: line });
      prompts.say(line);
    },
    progress: (text) => prompts.progress(text),
    touch(text) {
      tell({ event: 'touch', text });
      prompts.touch(text);
    },
    touchDone() {
      tell({ event: 'touch-done' });
      prompts.touchDone();
    },
    askPin(question, signal) {
      tell({ event: 'need-pin', ...question });
      return orCancelled(prompts.askPin(question, signal), signal);
    },
    confirm(question, signal) {
      tell({ event: 'need-confirm', question });
      return orCancelled(prompts.confirm(question, signal), signal);
    },
    ask: (question, signal) => orCancelled(prompts.ask(question, signal), signal),
  };
}

/** A read from a pipe cannot be called back; the question can. */
function orCancelled<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(keyCancelled());
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
