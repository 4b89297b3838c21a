import { type Guard } from './guard-out';

/** The settling of a pass of whose making or showing nobody heard: without it such a pass lives on, and its ticket never ends. */
export const SETTLING: Guard = {
  file: 'bot/effects/settle-pass.ts',
  instead: `import { DONE, type Run } from './effect';\nexport const settlePass: Run<'settle-pass'> = async () => DONE;\n`,
};
