import { type PageMessage } from '../wire';
import { h } from './dom';
import { icon } from './icons';
import { ask } from './live';

/** A file card as Teams draws it: Allow and Decline, and later the file itself. */
export function drawFile(person: string, message: string, file: NonNullable<PageMessage['file']>): HTMLElement {
  const name = h('p', { class: 'file-name' }, icon('file'), file.name);
  if (file.kind === 'file') {
    const link = h('a', { href: `/drive/${file.id}`, download: file.name, class: 'button' }, 'Download');
    return h('div', { class: 'card file-card' }, name, link);
  }
  const answer = (title: string, accept: boolean) => {
    const button = h('button', { type: 'button', class: accept ? 'button primary' : 'button' }, title);
    button.addEventListener('click', () => void ask('answer-file', { person, message, accept }));
    return button;
  };
  const buttons = h('div', { class: 'file-buttons' }, answer('Allow', true), answer('Decline', false));
  return h('div', { class: 'card file-card' }, name, h('p', {}, file.description), buttons);
}
