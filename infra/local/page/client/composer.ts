import { freshId, h } from './dom';
import { icon } from './icons';

/** Where a message is typed. Enter sends, Shift+Enter makes a new line. */
export function createComposer(appName: string, send: (text: string) => void) {
  const id = freshId();
  const field = h('textarea', { id, rows: 1, placeholder: `Message ${appName}`, maxlength: 10_000 });
  const fit = () => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    field.value = '';
    fit();
    send(text);
  };
  field.addEventListener('input', fit);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  });
  const root = h(
    'form',
    { class: 'composer', onsubmit: submit },
    h('label', { class: 'unseen', for: id }, `Message ${appName}`),
    field,
    h('button', { class: 'icon-button send', 'aria-label': 'Send' }, icon('send')),
  );
  return { root };
}
