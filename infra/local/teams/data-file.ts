import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { savedMessageSchema } from './message';

const stateSchema = z.object({
  version: z.literal(1),
  installed: z.record(z.boolean()),
  chats: z.record(z.array(savedMessageSchema)),
  /** Group chats and channels: what was said, who is there, and whether the bot is. */
  groups: z
    .record(z.object({ bot: z.boolean(), members: z.array(z.string()), messages: z.array(savedMessageSchema) }))
    .default({}),
});
/** What the stand-in remembers over a restart. It holds no view that an invoke answered with. */
export type SavedState = z.infer<typeof stateSchema>;

const SAVE_AFTER_MS = 100;

export interface DataFile {
  readonly before: SavedState | undefined;
  /** Saves soon. */
  dirty(): void;
  /** Saves now, if there is something to save. */
  flush(): void;
}

/** @param path Undefined: nothing is remembered. @throws Error where the file is not one of ours. */
export function openDataFile(path: string | undefined, current: () => SavedState): DataFile {
  if (path === undefined) return { before: undefined, dirty: () => undefined, flush: () => undefined };
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    writeFileSync(`${path}.new`, JSON.stringify(current()));
    renameSync(`${path}.new`, path);
  };
  return {
    before: read(path),
    dirty: () => {
      timer ??= setTimeout(flush, SAVE_AFTER_MS);
    },
    flush,
  };
}

function read(path: string): SavedState | undefined {
  if (!existsSync(path)) return undefined;
  return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
