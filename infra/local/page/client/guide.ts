import { type GuideStep } from '../wire';
import { freshId, h } from './dom';
import { icon } from './icons';

const KEPT_UNDER = 'keyvouch-guide';
const SHORT_WINDOW = '(max-width: 760px), (max-height: 800px)';

function isClosed(): boolean {
  try {
    return localStorage.getItem(KEPT_UNDER) === 'closed';
  } catch {
    return false;
  }
}

/** The way through the main job, in a few steps; whoever closes it finds it behind "Try this". */
export function createGuide(steps: readonly GuideStep[]): { root: HTMLElement; toggle: HTMLElement } {
  const id = freshId();
  const toggle = h('button', { class: 'button subtle', 'aria-controls': id }, 'Try this');
  const show = (open: boolean): void => {
    root.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    try {
      localStorage.setItem(KEPT_UNDER, open ? 'open' : 'closed');
    } catch {
      // Then it opens again next time.
    }
  };
  const close = (): void => {
    show(false);
    toggle.focus();
  };
  const root = h(
    'section',
    { class: 'guide', id, 'aria-label': 'Try this' },
    h(
      'ol',
      {},
      ...steps.map(({ title, text }, at) =>
        h(
          'li',
          {},
          h('span', { class: 'step-number', 'aria-hidden': 'true' }, String(at + 1)),
          h('div', {}, h('strong', {}, title), h('p', {}, text)),
        ),
      ),
    ),
    h('button', { class: 'icon-button', 'aria-label': 'Close the guide', onclick: close }, icon('close')),
  );
  toggle.addEventListener('click', () => show(toggle.getAttribute('aria-expanded') !== 'true'));
  const roomy = !matchMedia(SHORT_WINDOW).matches;
  const open = roomy && steps.length > 0 && !isClosed();
  root.hidden = !open;
  toggle.hidden = steps.length === 0;
  toggle.setAttribute('aria-expanded', open ? 'true' : 'false');
  return { root, toggle };
}
