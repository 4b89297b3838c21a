import { type PagePerson } from '../wire';
import { type Announcer } from './announce';
import { avatar } from './avatar';
import { cardSummary } from './card';
import { createComposer } from './composer';
import { createConversations, groupName } from './conversations';
import { freshId, h, setText } from './dom';
import { icon } from './icons';
import { ask } from './live';
import { createMessages } from './messages';
import { createSearch } from './search';
import { type Store } from './store';

/** A message counts as read after it was in sight for this long. */
const READ_AFTER_MS = 1500;

/** One person's Teams chat with the bot. */
export interface Column {
  root: HTMLElement;
  person(): string;
}

export interface ColumnSettings {
  store: Store;
  announcer: Announcer;
  first: string;
  /** A word for the place, where the person can change: `Chat 1`. */
  label: string;
  /** Another person was picked. */
  picked(person: string): void;
}

export function createColumn({ store, announcer, first, label, picked }: ColumnSettings): Column {
  const appName = store.setup?.appName ?? '';
  let id = first;
  /** The conversation of several that is shown; undefined: the person's own with the bot. */
  let group: string | undefined;
  const place = () => ({ person: id, ...(group !== undefined && { group }) });
  let known = new Set(store.chat(id).map((message) => message.id));
  const messages = createMessages(`${label}: messages`);
  const say = (text: string) => void ask('say', { ...place(), text }).catch(() => undefined);
  const search = createSearch(appName, () => (group === undefined ? undefined : { person: id, group }));
  const composer = createComposer(appName, say, search.toggle);
  const conversations = createConversations(appName, (next) => goTo(id, next));
  const empty = h('div', { class: 'empty' });
  const face = h('span', { class: 'face' });
  const headingId = freshId();
  const name = h('h2', { class: 'name', id: headingId });
  const title = h('p', { class: 'title' });
  const unread = h('span', { class: 'badge', hidden: true });
  const pickerId = freshId();
  const picker = h('select', { id: pickerId });
  picker.addEventListener('change', () => switchTo(picker.value));
  const root = h(
    'section',
    { class: 'column', 'aria-labelledby': headingId },
    h(
      'header',
      { class: 'column-head' },
      face,
      h(
        'div',
        { class: 'who' },
        h('div', { class: 'name-line' }, name, unread, icon('chevron')),
        title,
        h('label', { class: 'unseen', for: pickerId }, `${label}: whose chat`),
        picker,
      ),
      h(
        'button',
        {
          class: 'icon-button',
          title: 'Load this chat again, as in a fresh Teams window',
          'aria-label': 'Reload chat',
          onclick: () => void ask('open', place()).catch(() => undefined),
        },
        icon('reload'),
      ),
    ),
    conversations.root,
    messages.root,
    empty,
    search.panel,
    composer.root,
  );

  const goTo = (person: string, next: string | undefined): void => {
    void ask('leave', place()).catch(() => undefined);
    id = person;
    group = next;
    known = new Set(store.chat(id, group).map((message) => message.id));
    search.close();
    void ask('open', place()).catch(() => undefined);
    showPerson();
    showChat();
  };

  const switchTo = (person: string): void => {
    goTo(person, undefined);
    picked(id);
  };

  const showPerson = (): void => {
    const person = store.person(id);
    if (!person) return;
    face.replaceChildren(avatar(person, person.installed ? 'here' : 'away'));
    setText(name, person.name);
    setText(title, [person.title, languageName(person.locale)].filter(Boolean).join(' · '));
    showPicker(picker, store, id);
    showPlace(person);
    showEmpty(person);
  };

  const showPlace = (person: PagePerson): void => {
    const groups = store.groupsOf(id);
    const here = groups.find((one) => one.id === group);
    conversations.show(person.name, groups, group);
    search.toggle.hidden = here === undefined;
    composer.address(here ? groupName(here) : appName);
  };

  const showEmpty = (person: PagePerson): void => {
    const none = store.chat(id, group).length === 0;
    const may = person.installed || group !== undefined;
    empty.hidden = !none && may;
    messages.root.hidden = none;
    composer.root.hidden = !may;
    if (empty.hidden) return;
    if (group !== undefined) return empty.replaceChildren(...nobodyHere(appName));
    empty.replaceChildren(
      ...(person.installed ? helloFor(person, appName, store.setup?.prompts ?? [], say) : installFor(person, appName)),
    );
  };

  const announce = (): void => {
    for (const message of store.chat(id, group)) {
      if (known.has(message.id)) continue;
      known.add(message.id);
      const words = message.card ? cardSummary(message.card) : message.text;
      if (message.from === 'bot') announcer.say(`${appName} to ${store.person(id)?.name ?? ''}: ${words}`);
    }
  };

  const showChat = (): void => {
    const person = store.person(id);
    if (!person) return;
    messages.show(person, appName, store.chat(id, group), group);
    const count = store.unread(id);
    unread.hidden = count === 0;
    setText(unread, `${count} new`);
    showEmpty(person);
    announce();
    if (count > 0) setTimeout(readWhenSeen, READ_AFTER_MS);
  };

  const readWhenSeen = (): void => {
    const inSight = document.visibilityState === 'visible' && root.offsetParent !== null;
    if (inSight && store.unread(id) > 0) void ask('read', { person: id }).catch(() => undefined);
  };
  document.addEventListener('visibilitychange', readWhenSeen);
  root.addEventListener('pointerdown', readWhenSeen);
  root.addEventListener('focusin', readWhenSeen);

  store.on('people', showPerson);
  store.on('chat', ({ person }) => (person === id && group === undefined ? showChat() : showPicker(picker, store, id)));
  store.on('group-chat', (piece) => {
    if (piece.person === id && piece.group === group) showChat();
  });
  store.on('groups', showPerson);
  store.on('typing', ({ person }) => {
    if (person === id && group === undefined) messages.typing();
  });
  showPerson();
  showChat();
  void ask('open', { person: id }).catch(() => undefined);
  return { root, person: () => id };
}

const languageName = (locale: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(locale.split('-')[0] ?? locale) ?? locale;

function showPicker(picker: HTMLSelectElement, store: Store, id: string): void {
  const options = store.people.map((person) => {
    const count = store.unread(person.id);
    const words = [person.name, person.title, count > 0 && person.id !== id && `${count} new`].filter(Boolean);
    return h('option', { value: person.id, selected: person.id === id }, words.join(' · '));
  });
  if (options.some((option, at) => picker.options[at]?.text !== option.text) || picker.value !== id) {
    picker.replaceChildren(...options);
  }
}

function helloFor(person: PagePerson, appName: string, prompts: readonly string[], say: (text: string) => void) {
  const chip = (text: string) => h('button', { class: 'chip', onclick: () => say(text) }, text);
  return [
    h('div', { class: 'empty-mark' }, icon('wave')),
    h('p', { class: 'empty-title' }, 'No messages yet'),
    h('p', {}, `${person.name.split(' ')[0] ?? ''} has ${appName} in Teams and can write to it.`),
    h('div', { class: 'chips' }, ...prompts.map(chip)),
  ];
}

function nobodyHere(appName: string) {
  return [
    h('p', { class: 'empty-title' }, 'Nobody has written here'),
    h('p', {}, `Only what mentions @${appName} reaches it.`),
  ];
}

function installFor(person: PagePerson, appName: string) {
  const install = () => void ask('install', { person: person.id }).catch(() => undefined);
  return [
    h('p', { class: 'empty-title' }, `${appName} is not installed`),
    h('p', {}, `${person.name} does not have the app in Teams, so nothing can be sent to them.`),
    h('button', { class: 'button primary', onclick: install }, `Add ${appName}`),
  ];
}
