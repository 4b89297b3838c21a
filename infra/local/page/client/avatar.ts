import { h } from './dom';
import { type PagePerson } from '../wire';

const COLOURS = 6;

const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  return [words.at(0), words.length > 1 ? words.at(-1) : ''].map((word) => Array.from(word ?? '')[0] ?? '').join('');
};

const colourOf = (id: string): number =>
  Array.from(id).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS;

/** A disc with initials; decoration, since the name stands beside it. */
export const avatar = ({ id, name }: Pick<PagePerson, 'id' | 'name'>, presence?: 'here' | 'away'): HTMLElement =>
  h(
    'span',
    { class: `avatar avatar-${colourOf(id)}`, 'aria-hidden': 'true' },
    initials(name),
    presence && h('span', { class: `presence presence-${presence}` }),
  );
