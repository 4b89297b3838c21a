import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type AttestationRoot, makeAttestationRoot } from '../key';

const Root = z.object({ rootCertPem: z.string(), rootKeyPem: z.string() });

/** The maker's root under which the sandbox's keys are attested: made once, kept with the data. */
export async function attestationRoot(file: string): Promise<AttestationRoot> {
  if (existsSync(file)) return Root.parse(JSON.parse(readFileSync(file, 'utf8')));
  const made = await makeAttestationRoot();
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
