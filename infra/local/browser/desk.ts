import { type Locator, type Page } from 'playwright-core';
import { readingOf } from './chat';
import { eventually } from './eventually';

/** The workstation's terminal and the security key beside it. */
export interface Desk {
  readonly terminal: Locator;
  /** Starts one of the agent's commands: `pair`, `run`, `info`. */
  start(command: string): Promise<void>;
  /** Waits until this stands in the terminal, and gives what it says. */
  says(text: RegExp): Promise<RegExpExecArray>;
  /** Answers the agent's question. `masked`: nobody may read along. */
  answer(question: RegExp, text: string, masked: boolean): Promise<void>;
  /** Waits until the key asks to be touched. */
  blinks(): Promise<void>;
  /** Touches the key once it blinks, by its button. */
  touch(): Promise<void>;
  unplug(): Promise<void>;
  /** Plugs the same key in again. */
  plug(): Promise<void>;
  /** Waits until the agent's command is over. */
  ended(): Promise<void>;
}

export function deskOf(page: Page): Desk {
  const workstation = page.getByRole('region', { name: 'Workstation', exact: true });
  const terminal = page.getByRole('log', { name: 'Workstation terminal' });
  const key = page.getByRole('region', { name: 'Security key', exact: true });
  const blinks = () => key.getByText('touch it now').waitFor();
  return {
    terminal,
    blinks,
    start: (command) => workstation.getByRole('button', { name: `keyvouch-agent ${command}`, exact: true }).click(),
    says: (text) =>
      eventually(`the terminal to say ${String(text)}`, async () => text.exec(await readingOf(terminal)) ?? undefined, {
        seen: () => readingOf(terminal),
      }),
    async answer(question, text, masked) {
      const field = workstation.getByLabel(question);
      await field.waitFor();
      const type = await field.getAttribute('type');
      if ((type === 'password') !== masked) throw new Error(`"${String(question)}" is asked with a ${type} field`);
      await field.fill(text);
      await workstation.getByRole('button', { name: 'Enter', exact: true }).click();
    },
    async touch() {
      await blinks();
      await key.getByRole('button', { name: 'Touch', exact: true }).click();
    },
    unplug: () => key.getByRole('button', { name: 'Pull out', exact: true }).click(),
    plug: () => key.getByRole('button', { name: 'Plug in', exact: true }).click(),
    ended: () => workstation.getByText('Agent is not running').waitFor(),
  };
}
