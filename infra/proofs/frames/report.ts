import { z } from 'zod';

const counts = z.record(z.string(), z.number());

/** What one lab has found; a message from its worker. */
export const LabReport = z.object({
  /** Frames that no good key, or no sane program, would have sent. */
  frames: z.number(),
  bouts: z.number(),
  /** What broke the promise, with the bout in which it did. */
  violations: z.array(z.string()),
  /** Frames by what was wrong with them, endings by their code, answers of the virtual key by their status. */
  kinds: counts,
  endings: counts,
  statuses: counts,
  /** Bytes in use after collecting garbage: soon after the begin, and the most there ever was. */
  memory: z.object({ begin: z.number(), most: z.number() }),
});
export type LabReport = z.infer<typeof LabReport>;

/** What a lab is to do. */
export const LabOrder = z.object({
  seed: z.number(),
  /** Frames after which it ends. */
  frames: z.number(),
  /** Bouts `first`, `first + step`, `first + 2 step` … are played. */
  first: z.number(),
  step: z.number(),
  /** Counts up at each bout, so that whoever watches sees that it lives. */
  pulse: z.instanceof(SharedArrayBuffer),
});
export type LabOrder = z.infer<typeof LabOrder>;
