import { type Setup } from '../wire';
import { createDialog } from './dialog';
import { h, setText, svg } from './dom';
import { createGuide } from './guide';
import { icon } from './icons';
import { ask, sentence } from './live';
import { createThemeSwitch } from './theme';

const mark = (): SVGElement =>
  svg(
    'svg',
    { class: 'mark', viewBox: '0 0 32 32', 'aria-hidden': 'true' },
    svg('rect', { width: 32, height: 32, rx: 8, class: 'mark-ground' }),
    svg('circle', { cx: 12, cy: 16, r: 5, class: 'mark-line' }),
    svg('path', { d: 'M17 16h9m-4 0v4', class: 'mark-line' }),
  );

const list = (items: readonly string[]) => h('ul', {}, ...items.map((item) => h('li', {}, item)));

/** A little longer than a stop takes. */
const RESTART_MS = 4000;

/** What this page is, and what can be done with it as a whole. */
export function createTopBar(setup: Setup): { root: HTMLElement; guide: HTMLElement } {
  const guide = createGuide(setup.guide);
  const about = createDialog(
    'What is real here',
    h('h3', {}, 'Runs for real'),
    list(setup.real),
    h('h3', {}, 'Stands in'),
    list(setup.standsIn),
    h('p', { class: 'quiet' }, 'Everything is on this machine. Nothing is sent to anybody.'),
  );
  const reset = setup.canReset ? createReset() : undefined;
  const root = h(
    'header',
    { class: 'top-bar' },
    mark(),
    h(
      'div',
      { class: 'title-block' },
      h('h1', {}, h('span', { class: 'app-name' }, setup.appName), h('span', { class: 'tag tag-brand' }, 'Sandbox')),
      h('p', { class: 'quiet' }, 'All of it on this machine; nothing leaves it.'),
    ),
    h(
      'div',
      { class: 'top-actions' },
      guide.toggle,
      h(
        'button',
        { class: 'button subtle about', onclick: () => about.showModal() },
        icon('info'),
        h('span', {}, 'What is real'),
      ),
      reset?.button,
      createThemeSwitch(),
    ),
    about,
    reset?.dialog,
  );
  return { root, guide: guide.root };
}

function createReset() {
  const problem = h('p', { class: 'note', role: 'alert', hidden: true });
  const yes = h('button', { class: 'button primary' }, 'Reset the sandbox');
  const dialog = createDialog(
    'Start over?',
    h('p', {}, 'Chats, tickets, accounts and the key go back to how they were at the start.'),
    problem,
    h('div', { class: 'row end' }, yes, h('button', { class: 'button', onclick: () => dialog.close() }, 'Keep it')),
  );
  yes.addEventListener('click', () => {
    yes.disabled = true;
    setText(yes, 'Resetting…');
    ask('reset', {})
      .then(() => {
        setText(yes, 'Starting over…');
        // A sandbox that starts again has a new page soon, which loads by itself; one that only tidied up does not.
        setTimeout(() => dialog.close(), RESTART_MS);
      })
      .catch((error: unknown) => {
        setText(problem, sentence(error));
        problem.hidden = false;
        yes.disabled = false;
        setText(yes, 'Try again');
      });
  });
  return { dialog, button: h('button', { class: 'button subtle', onclick: () => dialog.showModal() }, 'Reset') };
}
