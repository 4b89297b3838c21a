import { h } from './dom';

/** One quiet voice for the whole page: what arrives is said once, however often it is drawn. */
export interface Announcer {
  root: HTMLElement;
  say(text: string): void;
}

export function createAnnouncer(): Announcer {
  const root = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  return {
    root,
    say: (text) => {
      root.append(h('p', {}, text));
      while (root.childElementCount > 5) root.firstElementChild?.remove();
    },
  };
}
