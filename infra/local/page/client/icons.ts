import { svg } from './dom';

/** Outlines on a 20×20 grid, drawn with the colour of the text around them. */
const PATHS = {
  send: 'M3 3.5 17.5 10 3 16.5l1.8-6.5L3 3.5ZM5 10h6',
  chevron: 'm5.5 8 4.5 4.5L14.5 8',
  reload: 'M15.5 6.5A7 7 0 1 0 17 10M16 3v4h-4',
  close: 'm5 5 10 10M15 5 5 15',
  people: 'M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c.4-3 2.8-4.5 6-4.5s5.600 1.500 6 4.500',
  key: 'M7 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm3-3h7.500m-2.500 0v3m-3-3v2',
  account:
    'M4 4h12v12H4zM7 13.500c.5-1.700 1.600-2.500 3-2.500s2.500.800 3 2.500M10 9.500a1.600 1.600 0 1 0 0-3.200 1.600 1.600 0 0 0 0 3.200Z',
  mail: 'M3 5h14v10.500H3zM3.500 5.500 10 11l6.500-5.500',
  lock: 'M5.500 9h9v7h-9zM7.500 9V6.500a2.500 2.500 0 0 1 5 0V9',
  edit: 'm4 16 .7-3.200L13 4.500l2.500 2.500-8.300 8.300L4 16Z',
  error: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM10 6v5m0 2.500v.2',
  info: 'M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15ZM10 9v5m0-7.700v.2',
  terminal: 'M3 4.500h14v11H3zM6 8l2.500 2.200L6 12.500m4.500 0H14',
  check: 'm4.500 10.500 3.500 3.500 7.500-8',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11Zm4-1.500 4 4',
  file: 'M5.500 2.500h6L15 6v11.500H5.500zM11 2.800V6.500h3.800',
  wave: 'M3 10c2-4 3 4 5 0s3 4 5 0 3 2 4 0',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that says nothing to a screen reader: the words beside it, or the button's label, do. */
export const icon = (name: IconName): SVGElement =>
  svg('svg', { class: 'icon', viewBox: '0 0 20 20', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
