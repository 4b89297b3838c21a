import { svg } from './dom';

const stop = (offset: string, colour: string) => svg('stop', { offset, 'stop-color': colour });

function gradients(): SVGElement {
  return svg(
    'defs',
    {},
    svg(
      'linearGradient',
      { id: 'key-metal', x1: 0, y1: 0, x2: 0, y2: 1 },
      stop('0', '#e9ebee'),
      stop('.45', '#b9bec6'),
      stop('1', '#8b919b'),
    ),
    svg(
      'linearGradient',
      { id: 'key-shell', x1: 0, y1: 0, x2: 0, y2: 1 },
      stop('0', '#3a3f4b'),
      stop('.5', '#23262e'),
      stop('1', '#15171c'),
    ),
    svg(
      'radialGradient',
      { id: 'key-gold', cx: '.38', cy: '.32', r: '.8' },
      stop('0', '#ffe9a6'),
      stop('.55', '#d9a93c'),
      stop('1', '#94681a'),
    ),
  );
}

/** The socket of the workstation, which stays when the key is pulled out. */
const socket = (): SVGElement =>
  svg(
    'g',
    { class: 'socket' },
    svg('rect', { x: 0, y: 22, width: 40, height: 76, rx: 8, class: 'socket-case' }),
    svg('rect', { x: 26, y: 38, width: 14, height: 44, rx: 2, class: 'socket-hole' }),
  );

const plug = (): SVGElement =>
  svg(
    'g',
    {},
    svg('rect', { x: 30, y: 41, width: 64, height: 38, rx: 2.5, fill: 'url(#key-metal)' }),
    svg('rect', { x: 48, y: 49, width: 12, height: 7, rx: 1, fill: '#4c515a' }),
    svg('rect', { x: 48, y: 64, width: 12, height: 7, rx: 1, fill: '#4c515a' }),
  );

const shell = (): SVGElement =>
  svg(
    'g',
    {},
    svg('path', {
      d: 'M90 30h150c26 0 44 13 44 30s-18 30-44 30H90c-5 0-8-3-8-8V38c0-5 3-8 8-8Z',
      fill: 'url(#key-shell)',
      stroke: '#7b8290',
      'stroke-opacity': 0.55,
    }),
    svg('path', { d: 'M90 31.500h150c20 0 35 8 40.500 19', fill: 'none', stroke: '#ffffff', 'stroke-opacity': 0.18 }),
    svg('circle', { cx: 258, cy: 60, r: 9.5, class: 'key-ring-hole' }),
    svg('circle', { cx: 258, cy: 60, r: 9.5, fill: 'none', stroke: '#9aa0aa', 'stroke-opacity': 0.5 }),
  );

/** The gold disc with the ring of light around it. */
const button = (touch: () => void): SVGElement =>
  svg(
    'g',
    { class: 'key-touch', onclick: touch },
    svg('circle', { cx: 166, cy: 60, r: 31, class: 'key-glow' }),
    svg('circle', { cx: 166, cy: 60, r: 25.5, class: 'key-light' }),
    svg('circle', { cx: 166, cy: 60, r: 21, fill: 'url(#key-gold)' }),
    svg('path', {
      d: 'M166 50a10 10 0 0 1 10 10M160 52.500a9.500 9.500 0 0 0-3.500 7.500c0 2-.4 3.500-1 5m11.500-11a6 6 0 0 1 5 6c0 3-.3 5.500-1.200 8m-10.300-8a6 6 0 0 1 2.500-4.900M166 59.500c.2 4-.3 7-1.500 10m-5-4.500c.4-1.500.5-3 .5-4.500',
      fill: 'none',
      stroke: '#6b4a10',
      'stroke-width': 1.5,
      'stroke-linecap': 'round',
    }),
  );

/** A USB security key in its socket. Its classes say how it stands: `unplugged`, `light-blinking`, `light-on`. */
export function drawKey(touch: () => void): SVGElement {
  return svg(
    'svg',
    { class: 'key-drawing', viewBox: '0 0 330 120', 'aria-hidden': 'true' },
    gradients(),
    svg('g', { class: 'key-body' }, plug(), shell(), button(touch)),
    socket(),
  );
}
