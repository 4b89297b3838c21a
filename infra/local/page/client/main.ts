import './styles/main.css';
import { type Setup } from '../wire';
import { createAccountPanel } from './account-panel';
import { createAnnouncer } from './announce';
import { createColumn } from './column';
import { h } from './dom';
import { createKeyPanel } from './key-panel';
import { listenToServer } from './live';
import { createMailPanel } from './mail-panel';
import { createStore } from './store';
import { createSwitcher, type Place } from './switcher';
import { createTabs } from './tabs';
import { createTopBar } from './top-bar';
import { createWorkstationPanel } from './workstation-panel';

const store = createStore();
const announcer = createAnnouncer();
const offline = h('p', { class: 'offline', role: 'alert', hidden: true }, 'The sandbox does not answer. Trying again…');
const onePartAtATime = matchMedia('(max-width: 760px)');
let built = false;

/** Draws the page, once: after that its parts follow the store. */
const build = (setup: Setup): void => {
  built = true;
  const app = document.body;
  const { root: bar, guide } = createTopBar(setup);
  const update = () => {
    const { chat = '0', place = 'chat-0' } = app.dataset;
    switcher.show(onePartAtATime.matches ? place : `chat-${chat}`);
  };
  onePartAtATime.addEventListener('change', update);
  const columns = setup.columns.map((first, at) =>
    createColumn({ store, announcer, first, label: `Chat ${at + 1}`, picked: update }),
  );
  const [employee = ''] = setup.columns;
  const tabs = [
    ...(setup.hasAccounts ? [{ name: 'Account in Entra', panel: createAccountPanel(store, employee) }] : []),
    ...(store.mails ? [{ name: 'Mailbox', panel: createMailPanel(store) }] : []),
  ];
  const tabbed = tabs.length > 0 ? createTabs('Accounts and mail', tabs) : undefined;
  const hasDesk = store.key !== undefined || store.workstation !== undefined;

  const places: Place[] = [
    ...columns.map((column, at) => ({
      id: `chat-${at}`,
      icon: 'people' as const,
      name: () => store.person(column.person())?.name.split(' ')[0] ?? '',
      unread: () => store.unread(column.person()),
    })),
    ...(hasDesk ? [{ id: 'desk', icon: 'key' as const, name: () => 'Desk', unread: () => 0 }] : []),
    ...tabs.map(({ name }) => ({
      id: name === 'Mailbox' ? 'mail' : 'account',
      icon: name === 'Mailbox' ? ('mail' as const) : ('account' as const),
      name: () => (name === 'Mailbox' ? 'Mail' : 'Account'),
      unread: () => 0,
    })),
  ];
  const go = (id: string): void => {
    app.dataset['place'] = id;
    if (id.startsWith('chat-')) app.dataset['chat'] = id.slice('chat-'.length);
    if (id === 'account') tabbed?.select(0);
    if (id === 'mail') tabbed?.select(tabs.length - 1);
    update();
  };
  const switcher = createSwitcher(places, go);
  const chats = h('div', { class: 'chats' }, ...columns.map(({ root }) => root));
  const bench = h(
    'div',
    { class: 'bench' },
    store.key && createKeyPanel(store, announcer),
    store.workstation && createWorkstationPanel(store),
    tabbed?.root,
  );
  app.classList.toggle('without-bench', bench.childElementCount === 0);
  app.replaceChildren(bar, guide, offline, h('main', { class: 'stage' }, switcher.root, chats, bench), announcer.root);
  go('chat-0');
  store.on('chat', update);
  store.on('people', update);
};

let instance: string | undefined;
store.on('ready', () => {
  if (!store.setup) return;
  if (instance !== undefined && instance !== store.setup.instance) return location.reload();
  ({ instance } = store.setup);
  if (!built) build(store.setup);
});
listenToServer(store.take, (connected) => {
  offline.hidden = connected;
});
