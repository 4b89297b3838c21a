import type { KeyProfile } from '../key/index';
import type { Scene } from './scene';
import type { KeyTool, Plug } from './tool';

/** Something to be done; undefined where the tool has no way to do it. */
export type Deed = (() => Promise<void>) | undefined;

/** A question that every tool is asked after a step. */
export interface Look {
  readonly operation: string;
  look(tool: KeyTool, scene: Scene): Deed;
}

/** One thing that a tool does to a key, and what the others must then see. */
export interface Step {
  readonly operation: string;
  /** Which models have it at all. Default: all. */
  has?(profile: KeyProfile): boolean;
  write(tool: KeyTool, scene: Scene, plug: Plug): Deed;
  readonly looks: readonly Look[];
}

/** @throws Error that says what was wanted and what was there */
export function expectEqual(found: unknown, wanted: unknown, what: string): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`${what}: wanted ${right ?? 'nothing'}, found ${left ?? 'nothing'}`);
}
