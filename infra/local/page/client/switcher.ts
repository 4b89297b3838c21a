import { h, setText } from './dom';
import { icon, type IconName } from './icons';

export interface Place {
  /** `chat-0`, `desk`, `account`, `mail`: the layout shows it where there is not room for all. */
  id: string;
  icon: IconName;
  name: () => string;
  unread: () => number;
}

/** On narrower windows: buttons for the parts that do not fit side by side. */
export function createSwitcher(places: readonly Place[], go: (id: string) => void) {
  const buttons = places.map((place) => {
    const name = h('span', { class: 'place-name' });
    const badge = h('span', { class: 'badge' });
    const button = h(
      'button',
      { class: `place place-${place.id}`, onclick: () => go(place.id) },
      icon(place.icon),
      name,
      badge,
    );
    return { place, button, name, badge };
  });
  const root = h(
    'nav',
    { class: 'switcher', 'aria-label': 'Parts of the sandbox' },
    ...buttons.map(({ button }) => button),
  );
  const show = (current: string): void => {
    for (const { place, button, name, badge } of buttons) {
      setText(name, place.name());
      const unread = place.unread();
      badge.hidden = unread === 0;
      setText(badge, String(unread));
      if (unread > 0) badge.setAttribute('aria-label', `${unread} new`);
      if (current === place.id) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
  };
  return { root, show };
}
