import { freshId, h, setText } from './dom';
import { icon } from './icons';

/**
 * Where a message is typed. Enter sends, Shift+Enter makes a new line.
 * @param beside buttons in the same line
 */
export function createComposer(appName: string, send: (text: string) => void, ...beside: readonly HTMLElement[]) {
  const id = freshId();
  const field = h('textarea', { id, rows: 1, placeholder: `Message ${appName}`, maxlength: 10_000 });
  const label = h('label', { class: 'unseen', for: id }, `Message ${appName}`);
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
    label,
    field,
    ...beside,
    h('button', { class: 'icon-button send', 'aria-label': 'Send' }, icon('send')),
  );
  /** Says where what is typed goes. */
  const address = (name: string): void => {
    setText(label, `Message ${name}`);
    field.placeholder = `Message ${name}`;
  };
  return { root, address };
}
