import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Check } from './check';

const Host = z
  .object({
    version: z.literal('2.0'),
    // The bot's registration and the agent name their addresses with /api.
    extensions: z.object({ http: z.object({ routePrefix: z.literal('api') }).passthrough() }).passthrough(),
    functionTimeout: z.string().regex(/^00:(0[1-9]|10):\d\d$/, 'must be between one and ten minutes'),
    logging: z.object({ logLevel: z.record(z.enum(['Information', 'Warning', 'Error', 'None'])) }).passthrough(),
  })
  .passthrough();

export const hostJson: Check = {
  name: 'host.json says what the bot relies on',
  async run(root) {
    const parsed = Host.safeParse(JSON.parse(await readFile(join(root, 'host.json'), 'utf8')));
    return parsed.success
      ? []
      : parsed.error.issues.map(({ path, message }) => `host.json: ${path.join('.')} ${message}`);
  },
};
