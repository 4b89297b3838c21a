import { freshId, h } from './dom';
import { icon } from './icons';

/** A modal dialog with a title and a way out; the browser keeps the focus inside and gives it back. */
export function createDialog(title: string, ...content: readonly HTMLElement[]): HTMLDialogElement {
  const id = freshId();
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': id },
    h(
      'div',
      { class: 'dialog-head' },
      h('h2', { id }, title),
      h('button', { class: 'icon-button', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close')),
    ),
    ...content,
  );
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  return dialog;
}
