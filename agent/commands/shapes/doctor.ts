import * as z from 'zod/v4';

/** What `doctor --json` prints. New checks may come; those that are there keep their names. */
export const report = z.object({
  agent: z.string().describe('version of the agent'),
  platform: z.string().describe('operating system and processor, as Node.js names them: linux-x64'),
  verdict: z.enum(['ok', 'attention', 'stop']).describe('what is not checked does not count'),
  checks: z.array(
    z.object({
      check: z.enum([
        'session',
        'data-directory',
        'pairing',
        'key-store',
        'proxy',
        'service',
        'clock',
        'hid-library',
        'elevation',
        'input-access',
        'hid-access',
        'other-program',
        'key',
        'pin',
        'capabilities',
        'room',
        'model',
      ]),
      state: z.enum(['ok', 'attention', 'stop', 'not-checked']),
      device: z.string().optional().describe('which key: its path or address'),
      say: z.string(),
      todo: z.string().optional().describe('on everything that stops'),
      copy: z.string().optional().describe('lines to be used as they are: commands for a root shell'),
    }),
  ),
});
