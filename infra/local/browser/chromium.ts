import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PROGRAM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** What keeps the browser quiet: no call home, and no name leads off this machine. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** Debian's Chromium, headless, with a new and empty profile that is gone when it closes. */
export async function startChromium(): Promise<Browser> {
  if (!existsSync(PROGRAM)) {
    throw new Error(`There is no browser at ${PROGRAM}. Install Debian's "chromium", or name another in CHROMIUM.`);
  }
  return chromium.launch({ executablePath: PROGRAM, headless: true, args: ARGS });
}
