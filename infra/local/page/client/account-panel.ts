import { type AccountView, type Attempt } from '../ports';
import { freshId, h } from './dom';
import { icon } from './icons';
import { ask, sentence } from './live';
import { createSignIn } from './sign-in';
import { type Store } from './store';
import { clockTime, fullTime } from './time';

const PASS_WORDS = {
  usable: 'can be used',
  'not-yet': 'not valid yet',
  used: 'used up',
  expired: 'expired',
} as const;

/** What Entra knows of one account, and signing in to it. */
export function createAccountPanel(store: Store, first: string): HTMLElement {
  let user = first;
  const pickerId = freshId();
  const picker = h('select', { id: pickerId, class: 'select' });
  const facts = h('div', { class: 'account-facts' });
  const log = h('div', { class: 'sign-in-log' });

  const load = async (): Promise<void> => {
    const wanted = user;
    try {
      const view = (await ask('account', { user: wanted })) as AccountView;
      if (wanted !== user) return;
      facts.replaceChildren(...drawMethods(view));
      log.replaceChildren(...drawLog(view));
    } catch (error) {
      facts.replaceChildren(h('p', { class: 'note' }, sentence(error)));
      log.replaceChildren();
    }
  };
  const signIn = createSignIn({
    withPass: (pass) => ask('sign-in-with-pass', { user, pass }) as Promise<Attempt>,
    withKey: (pin) => ask('sign-in-with-key', { user, pin }) as Promise<Attempt>,
    addKey: (session, pin, name) => ask('security-info', { user, session, pin, name }) as Promise<Attempt>,
  });
  picker.addEventListener('change', () => {
    user = picker.value;
    signIn.forget();
    void load();
  });
  const showPeople = (): void => {
    picker.replaceChildren(
      ...store.people.map(({ id, name }) => h('option', { value: id, selected: id === user }, name)),
    );
  };
  store.on('people', showPeople);
  store.on('accounts', () => void load());
  showPeople();
  void load();
  return h(
    'div',
    { class: 'pane account-pane' },
    h('div', { class: 'row' }, h('label', { class: 'quiet', for: pickerId }, 'Account of'), picker),
    facts,
    signIn.root,
    log,
  );
}

function drawMethods(view: AccountView): HTMLElement[] {
  const keys = view.passkeys.map(({ name, model, createdAt }) =>
    method('key', name, `${model} · added ${fullTime(createdAt)}`, 'Passkey'),
  );
  const pass =
    view.pass &&
    method(
      'lock',
      'Temporary Access Pass',
      `${PASS_WORDS[view.pass.state]} · until ${clockTime(view.pass.endsAt)}${view.pass.once ? ' · once' : ''}`,
      view.pass.state === 'usable' ? 'Live' : 'Over',
    );
  const others = view.otherMethods.map((name) => method('account', name, '', ''));
  const methods = [...keys, ...(pass ? [pass] : []), ...others];
  return [
    h(
      'p',
      { class: 'account-line' },
      h('span', {}, view.upn),
      h('span', { class: view.enabled ? 'tag tag-good' : 'tag tag-bad' }, view.enabled ? 'Enabled' : 'Blocked'),
    ),
    h('h3', {}, 'Sign-in methods'),
    methods.length === 0
      ? h('p', { class: 'nothing' }, 'None yet. This person cannot sign in.')
      : h('ul', { class: 'methods' }, ...methods),
  ];
}

const method = (mark: 'key' | 'lock' | 'account', name: string, detail: string, tag: string): HTMLElement =>
  h(
    'li',
    {},
    icon(mark),
    h('div', {}, h('strong', {}, name), detail !== '' && h('span', { class: 'quiet' }, detail)),
    tag !== '' && h('span', { class: tag === 'Over' ? 'tag' : 'tag tag-good' }, tag),
  );

function drawLog(view: AccountView): HTMLElement[] {
  if (view.signIns.length === 0)
    return [h('h3', {}, 'Sign-ins'), h('p', { class: 'nothing' }, 'Nobody signed in yet.')];
  return [
    h('h3', {}, 'Sign-ins'),
    h(
      'ol',
      { class: 'log' },
      ...view.signIns
        .slice(0, 20)
        .map(({ at, ok, method: how, app, reason }) =>
          h(
            'li',
            { class: ok ? 'ok' : 'failed' },
            h('time', { datetime: at, title: fullTime(at) }, clockTime(at)),
            h('span', { class: ok ? 'tag tag-good' : 'tag tag-bad' }, ok ? 'Success' : 'Failed'),
            h('span', {}, how, h('span', { class: 'quiet' }, ` · ${reason === '' ? app : reason}`)),
          ),
        ),
    ),
  ];
}
