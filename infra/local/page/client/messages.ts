import { type PageMessage, type PagePerson } from '../wire';
import { h } from './dom';
import { createMessage, type MessageView } from './message';
import { dayName } from './time';
import { createUpdatedPill } from './updated-pill';

const NEAR_THE_END = 80;
const SAME_TURN_MS = 5 * 60_000;

/** The list of a chat's messages; it stays at the end while new ones come, unless somebody scrolled up. */
export interface Messages {
  root: HTMLElement;
  /** @param group the conversation of several that they stand in */
  show(person: PagePerson, appName: string, messages: readonly PageMessage[], group?: string): void;
  typing(): void;
}

export function createMessages(label: string): Messages {
  const list = h('ol', { class: 'messages' });
  const dots = h('div', { class: 'typing', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'));
  const scroll = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, list, dots);
  let shownPlace: string | undefined;
  let views = new Map<string, MessageView>();
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const pill = createUpdatedPill(scroll);
  const root = h('div', { class: 'scroll-place' }, scroll, pill.root);
  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_THE_END;
  const toEnd = () => scroll.scrollTo({ top: scroll.scrollHeight });
  new ResizeObserver(() => stick && toEnd()).observe(list);
  let stick = true;
  scroll.addEventListener('scroll', () => (stick = atEnd()), { passive: true });

  const show: Messages['show'] = (person, appName, messages, group) => {
    const place = `${person.id} ${group ?? ''}`;
    if (place !== shownPlace) {
      shownPlace = place;
      views = new Map();
      stick = true;
      pill.hide();
      list.replaceChildren();
    }
    const before = new Set(views.keys());
    let previous: PageMessage | undefined;
    const items = messages.flatMap((message) => {
      const view = views.get(message.id) ?? createMessage({ person, appName, group }, message);
      views.set(message.id, view);
      before.delete(message.id);
      if (view.update(message)) pill.point(view.root);
      const newDay = !previous || dayName(previous.at) !== dayName(message.at);
      const sameTurn =
        previous?.from === message.from &&
        previous.by?.id === message.by?.id &&
        Date.parse(message.at) - Date.parse(previous.at) < SAME_TURN_MS &&
        !newDay;
      view.root.classList.toggle('same-turn', sameTurn);
      previous = message;
      return newDay ? [h('li', { class: 'day' }, h('span', {}, dayName(message.at))), view.root] : [view.root];
    });
    for (const gone of before) views.delete(gone);
    if (!sameOrder(list, items)) list.replaceChildren(...items);
    dots.hidden = true;
    if (stick) toEnd();
  };

  return {
    root,
    show,
    typing: () => {
      dots.hidden = false;
      clearTimeout(quiet);
      quiet = setTimeout(() => (dots.hidden = true), 4000);
      if (stick) toEnd();
    },
  };
}

/** Moving a node takes the focus from it: nothing is moved where the order is right already. */
function sameOrder(list: Element, items: readonly Element[]): boolean {
  const now = [...list.children];
  return (
    now.length === items.length &&
    items.every((item, at) => now[at] === item || (item.className === 'day' && now[at]?.className === 'day'))
  );
}
