import type { KeyProfile } from '../key/index';
import type { Scene } from './scene';
import type { KeyTool, Plug } from './tool';

/** Something to be done; undefined where the tool has no way to do it. */
export type Deed = (() => Promise<unknown>) | undefined;

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
  const text = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  if (text(found) !== text(wanted)) throw new Error(`${what}: wanted ${text(wanted)}, found ${text(found)}`);
}
