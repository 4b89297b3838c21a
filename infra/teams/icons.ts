import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from './png';

/**
 * Draws the two icons of the Teams app: a key that is a check mark. `npx tsx infra/teams/icons.ts` writes them beside
 * this file. Teams asks for color.png 192×192 on a full background, outline.png 32×32 in white on nothing.
 */
type Point = readonly [x: number, y: number];

/** The drawing, in a square of side 1: the bow of the key, its shaft down to the check's foot, and two teeth. */
const BOW = { centre: [0.7, 0.29] as Point, radius: 0.145 };
const FOOT: Point = [0.355, 0.77];
const TEETH: readonly (readonly [Point, Point])[] = [
  [FOOT, [0.12, 0.574]],
  [
    [0.47, 0.61],
    [0.365, 0.523],
  ],
];

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** How far a point is from the nearest line of the drawing: 0 on it. */
function toKey(point: Point): number {
  const [cx, cy] = BOW.centre;
  const [dx, dy] = [FOOT[0] - cx, FOOT[1] - cy];
  const reach = Math.hypot(dx, dy);
  const neck: Point = [cx + (dx / reach) * BOW.radius, cy + (dy / reach) * BOW.radius];
  const lines = [[neck, FOOT] as const, ...TEETH].map(([from, to]) => toSegment(point, from, to));
  return Math.min(Math.abs(Math.hypot(point[0] - cx, point[1] - cy) - BOW.radius), ...lines);
}

interface Look {
  side: number;
  /** Half the width of a line, and the part of the side left free around the drawing; both in sides. */
  pen: number;
  margin: number;
  ink: readonly [number, number, number];
  paper?: readonly [number, number, number];
}

/** RGBA pixels of the drawing; a pixel's cover is told from its distance, which is what smooths the edges. */
export function draw({ side, pen, margin, ink, paper }: Look): Uint8Array {
  const pixels = new Uint8Array(side * side * 4);
  const scale = side * (1 - 2 * margin);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const point: Point = [(column + 0.5 - side * margin) / scale, (row + 0.5 - side * margin) / scale];
      const cover = Math.min(1, Math.max(0, pen * side - toKey(point) * scale + 0.5));
      const colour = paper ? ink.map((value, i) => Math.round(value * cover + (paper[i] ?? 0) * (1 - cover))) : ink;
      pixels.set([...colour, paper ? 255 : Math.round(cover * 255)], (row * side + column) * 4);
    }
  }
  return pixels;
}

export const ICONS = {
  'color.png': { side: 192, pen: 0.029, margin: 0.14, ink: [255, 255, 255], paper: [15, 92, 99] },
  'outline.png': { side: 32, pen: 0.04, margin: 0.01, ink: [255, 255, 255] },
} as const satisfies Record<string, Look>;

if (require.main === module) {
  for (const [name, look] of Object.entries(ICONS)) {
    writeFileSync(join(__dirname, name), encodePng(look.side, look.side, draw(look)));
  }
}
