import { type Command } from '../commands';

/** A command of a story, which says when. */
export type Body = Command extends infer C ? (C extends Command ? Omit<C, 'at'> : never) : never;

/** One of a story that also says who. */
export type Said = Body extends infer B ? (B extends Body ? Omit<B, 'by'> : never) : never;
