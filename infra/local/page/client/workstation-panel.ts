import { type TerminalLine, type WorkstationState } from '../ports';
import { freshId, h, setText } from './dom';
import { icon } from './icons';
import { ask, sentence } from './live';
import { type Store } from './store';

/** Scrolled to within so many pixels of the end is at the end. */
const NEAR_THE_END = 60;

/** The agent's terminal on the workstation. */
export function createWorkstationPanel(store: Store): HTMLElement {
  const screen = h('div', { class: 'screen', role: 'log', tabindex: 0, 'aria-label': 'Workstation terminal' });
  const status = h('span', { class: 'quiet' });
  const commands = h('div', { class: 'row commands' });
  const note = h('p', { class: 'note', role: 'alert', hidden: true });
  const id = freshId();
  const label = h('label', { for: id, class: 'prompt-label' });
  const field = h('input', { id, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off' });
  const form = h(
    'form',
    { class: 'terminal-input' },
    label,
    field,
    h('button', { class: 'icon-button', 'aria-label': 'Enter' }, icon('send')),
  );
  // The newest lines stay in sight, also when the terminal comes into view or changes its size, unless somebody scrolled up.
  let stick = true;
  const toEnd = (): void => {
    if (stick) screen.scrollTop = screen.scrollHeight;
  };
  screen.addEventListener(
    'scroll',
    () => (stick = screen.scrollHeight - screen.scrollTop - screen.clientHeight < NEAR_THE_END),
    { passive: true },
  );
  new ResizeObserver(toEnd).observe(screen);
  let lastLine = 0;
  let lastPrompt = '';

  const run = async (work: Promise<unknown>): Promise<void> => {
    note.hidden = true;
    await work.catch((error: unknown) => {
      setText(note, sentence(error));
      note.hidden = false;
    });
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(ask('workstation-write', { text: field.value }));
    field.value = '';
  });

  const print = (lines: readonly TerminalLine[]): void => {
    if ((lines.at(-1)?.n ?? 0) < lastLine) {
      screen.replaceChildren();
      lastLine = 0;
    }
    for (const { n, from, text } of lines) {
      if (n <= lastLine) continue;
      lastLine = n;
      screen.append(h('p', { class: `line line-${from}` }, withoutColours(text)));
    }
    toEnd();
  };

  const ready = (state: WorkstationState): void => {
    const { running, prompt } = state;
    setText(status, running ? 'Agent is running' : 'Agent is not running');
    form.hidden = !running;
    field.type = prompt?.masked ? 'password' : 'text';
    setText(label, prompt?.label ?? 'Type here');
    // A new question takes the focus only where nobody is typing elsewhere.
    const question = prompt?.label ?? '';
    if (question !== '' && question !== lastPrompt && document.activeElement === document.body) field.focus();
    lastPrompt = question;
    const buttons = running
      ? [h('button', { class: 'button small', onclick: () => void run(ask('workstation-stop', {})) }, 'Stop')]
      : state.commands.map(({ id: command, label: words }) =>
          h('button', { class: 'button small', onclick: () => void run(ask('workstation-start', { command })) }, words),
        );
    const same = buttons.map(({ textContent }) => textContent).join() === commandNames(commands);
    if (!same) commands.replaceChildren(...buttons);
  };

  const root = h(
    'section',
    { class: 'panel workstation-panel', 'aria-label': 'Workstation' },
    h('div', { class: 'panel-head' }, h('h2', {}, icon('terminal'), 'Workstation'), status, commands),
    note,
    screen,
    form,
  );
  const show = (): void => {
    root.hidden = store.workstation === undefined;
    if (!store.workstation) return;
    print(store.workstation.lines);
    ready(store.workstation);
    screen.classList.toggle('blank', store.workstation.lines.length === 0);
    screen.dataset['empty'] = 'Nothing has run here yet. Start the agent with a button above.';
  };
  store.on('workstation', show);
  show();
  return root;
}

const commandNames = (place: Element): string => [...place.children].map(({ textContent }) => textContent).join();

const ESCAPE = String.fromCharCode(27);
const CONTROL_SEQUENCE = new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]|\\p{Cc}`, 'gu');

/** Colours, bells and cursor moves of a terminal mean nothing here. */
const withoutColours = (text: string): string => text.replace(CONTROL_SEQUENCE, '');
