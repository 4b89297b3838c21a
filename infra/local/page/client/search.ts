import { type SearchReply } from '../wire';
import { freshId, h, setText } from './dom';
import { icon } from './icons';
import { ask, sentence } from './live';

/** Teams sends a search while it is typed, a moment after the last letter. */
const TYPED_MS = 350;

const SEARCHES = [
  { id: 'tickets', words: 'Requests' },
  { id: 'people', words: 'People' },
] as const;

interface Where {
  person: string;
  group: string;
}

/** The app's search beside a message box: what is chosen there goes into the conversation. */
export function createSearch(appName: string, where: () => Where | undefined) {
  const fieldId = freshId();
  const field = h('input', { id: fieldId, class: 'input', type: 'search', maxlength: 200, autocomplete: 'off' });
  const kindId = freshId();
  const kind = h(
    'select',
    { id: kindId, class: 'select' },
    ...SEARCHES.map(({ id, words }) => h('option', { value: id }, words)),
  );
  const status = h('p', { class: 'quiet search-status', role: 'status' });
  const list = h('ul', { class: 'found' });
  const panel = h(
    'div',
    { class: 'search', role: 'search', 'aria-label': `Search ${appName}`, hidden: true },
    h(
      'div',
      { class: 'search-line' },
      h('label', { class: 'unseen', for: kindId }, 'What to search for'),
      kind,
      h('label', { class: 'unseen', for: fieldId }, `Search ${appName}`),
      field,
    ),
    status,
    list,
  );
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': `Search ${appName}`,
      title: `Search ${appName}`,
      'aria-expanded': 'false',
    },
    icon('search'),
  );
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const draw = (reply: SearchReply, place: Where): void => {
    const results = reply.kind === 'results' ? reply.results : [];
    setText(status, reply.kind === 'message' ? reply.text : `${results.length} found`);
    list.replaceChildren(
      ...results.map(({ title, text, card }) => {
        const choose = () => {
          open(false);
          void ask('insert', { ...place, card }).catch(() => undefined);
        };
        const words = [h('span', { class: 'found-title' }, title), h('span', { class: 'quiet' }, text)];
        return h('li', {}, h('button', { class: 'found-one', onclick: choose }, ...words));
      }),
    );
  };

  const run = async (): Promise<void> => {
    const place = where();
    if (!place) return;
    asked += 1;
    const mine = asked;
    setText(status, 'Searching…');
    try {
      const reply = (await ask('search', { ...place, command: kind.value, text: field.value })) as SearchReply;
      // An answer that a newer search has overtaken is not shown.
      if (mine === asked) draw(reply, place);
    } catch (error) {
      if (mine === asked) setText(status, sentence(error));
    }
  };

  const open = (yes: boolean): void => {
    clearTimeout(timer);
    panel.hidden = !yes;
    toggle.setAttribute('aria-expanded', String(yes));
    list.replaceChildren();
    setText(status, '');
    if (!yes) return;
    field.value = '';
    field.focus();
    void run();
  };
  toggle.addEventListener('click', () => open(panel.hidden !== false));
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), TYPED_MS);
  });
  kind.addEventListener('change', () => void run());
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open(false);
    toggle.focus();
  });
  return { panel, toggle, close: () => open(false) };
}
