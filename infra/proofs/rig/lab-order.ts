import { z } from 'zod';

/** What one lab is to do. */
export const LabOrder = z.object({
  seed: z.number(),
  quick: z.boolean(),
  /** A guard was taken out: a few tries are enough to see it. */
  control: z.boolean(),
  /** The part of the work that is this lab's: every `of`-th piece, from `share` on. */
  share: z.number(),
  of: z.number(),
});
export type LabOrder = z.infer<typeof LabOrder>;

/** What a lab has found. */
export const LabReport = z.object({
  tried: z.number(),
  violations: z.array(z.string()),
  /** How often what was tried. */
  counts: z.record(z.string(), z.number()),
});
export type LabReport = z.infer<typeof LabReport>;
