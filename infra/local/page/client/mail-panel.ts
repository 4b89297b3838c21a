import { type Mail } from '../ports';
import { h } from './dom';
import { type Store } from './store';
import { clockTime, fullTime } from './time';

/** Every mail that was sent, with links that can be followed. */
export function createMailPanel(store: Store): HTMLElement {
  const list = h('div', { class: 'mails' });
  const drawn = new Map<string, HTMLElement>();
  const show = (): void => {
    const mails = store.mails ?? [];
    if (mails.length === 0) {
      drawn.clear();
      list.replaceChildren(h('p', { class: 'nothing' }, 'No mail yet. What goes out by mail is shown here.'));
      return;
    }
    for (const mail of mails) if (!drawn.has(mail.id)) drawn.set(mail.id, drawMail(mail));
    list.replaceChildren(...mails.flatMap(({ id }) => drawn.get(id) ?? []));
  };
  store.on('mails', show);
  show();
  return h('div', { class: 'pane mail-pane' }, list);
}

function drawMail({ at, to, subject, text }: Mail): HTMLElement {
  return h(
    'details',
    { class: 'mail' },
    h(
      'summary',
      {},
      h('span', { class: 'mail-subject' }, subject),
      h('time', { datetime: at, title: fullTime(at) }, clockTime(at)),
      h('span', { class: 'quiet' }, `To ${to}`),
    ),
    h('div', { class: 'mail-text' }, ...linked(text)),
  );
}

/** The text with its web addresses as links, and nothing else. */
function linked(text: string): (string | HTMLElement)[] {
  return text
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, at) =>
      at % 2 === 1 ? h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part,
    );
}
