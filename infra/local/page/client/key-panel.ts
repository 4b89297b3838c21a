import { type Announcer } from './announce';
import { h, setText } from './dom';
import { drawKey } from './key-drawing';
import { ask } from './live';
import { type Store } from './store';

const WORDS = {
  unplugged: 'Pulled out.',
  off: 'Plugged in.',
  blinking: 'It blinks: touch it now.',
  on: 'Its light is on.',
} as const;

/** The security key on the desk: its light, and the hand that touches, pulls and plugs it. */
export function createKeyPanel(store: Store, announcer: Announcer): HTMLElement {
  const act = (what: 'touch' | 'plug' | 'unplug') => void ask('key', { do: what }).catch(() => undefined);
  const drawing = drawKey(() => act('touch'));
  const says = h('p', { class: 'key-says' });
  const model = h('p', { class: 'quiet' });
  const touch = h('button', { class: 'button primary', onclick: () => act('touch') }, 'Touch');
  const power = h('button', { class: 'button', onclick: () => act(store.key?.plugged ? 'unplug' : 'plug') });
  const root = h(
    'section',
    { class: 'panel key-panel', 'aria-label': 'Security key' },
    h('div', { class: 'key-stage' }),
    h(
      'div',
      { class: 'key-words' },
      h('h2', {}, 'Security key'),
      says,
      model,
      h('div', { class: 'row' }, touch, power),
    ),
  );
  root.querySelector('.key-stage')?.append(drawing);

  const show = (): void => {
    const key = store.key;
    root.hidden = key === undefined;
    if (!key) return;
    const state = key.plugged ? key.light : 'unplugged';
    if (state === 'blinking' && !root.classList.contains('light-blinking')) announcer.say('The security key blinks.');
    root.className = `panel key-panel ${key.plugged ? `light-${key.light}` : 'unplugged'}`;
    setText(says, WORDS[state]);
    setText(model, key.model);
    setText(power, key.plugged ? 'Pull out' : 'Plug in');
    touch.disabled = !key.plugged;
  };
  store.on('key', show);
  show();
  return root;
}
