import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Secret } from '../../agent/protocol/secret';
import { type NamedSecrets } from './named-secrets';

const SecretFile = z.record(z.array(z.string().min(1)));

/**
 * Secrets in a file of the sandbox, `{ "name": ["newest", "the one before"] }`, which its owner alone may read. Read anew
 * at each call.
 */
export function fileSecrets(path: string): NamedSecrets {
  return {
    versions(name) {
      const all = existsSync(path) ? SecretFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
      const kidOf = (text: string) => createHash('sha256').update(`kid~${text}`).digest('hex').slice(0, 8);
      const versions = (all[name] ?? []).slice(0, 2).map((text) => ({ kid: kidOf(text), secret: new Secret(text) }));
      return Promise.resolve(versions);
    },
  };
}
