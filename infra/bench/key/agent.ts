import { createHash } from 'node:crypto';

import { deviceAt } from '../../../agent/hid/devices';
import { assertion } from '../../../agent/operations/assert';
import { openKey, type Key } from '../../../agent/operations/key';
import { changePin } from '../../../agent/operations/change-pin';
import { setPin } from '../../../agent/operations/set-pin';
import { listPasskeys } from '../../../agent/operations/passkeys';
import { register } from '../../../agent/operations/register';
import type { Prompts } from '../../../agent/operations/prompts';
import { Secret } from '../../../agent/protocol/secret';
import { OTHER_PIN, PASSKEYS, PIN, type Contestant, type Operation } from './contestant';

const RP_ID = 'bench.example';
const SITES = 8;

/** The agent's own library with the key at `address` open. */
export async function agentContestant(address: string): Promise<Contestant> {
  const key = await openKey(deviceAt(address));
  let made: Uint8Array = new Uint8Array();
  const operations: Record<Operation, () => Promise<unknown>> = {
    open: async () => (await openKey(deviceAt(address))).close(),
    info: () => key.refresh(),
    pin: async () => {
      await changePin(key, { prompts: typing(PIN, OTHER_PIN, OTHER_PIN) });
      await changePin(key, { prompts: typing(OTHER_PIN, PIN, PIN) });
    },
    register: async () => {
      made = await makePasskey(key, RP_ID, 'agent');
    },
    assert: async () => {
      await assertion(key, { rpId: RP_ID, allow: [made], prompts: typing(PIN) });
    },
    list: async () => {
      const found = await listPasskeys(key, { prompts: typing(PIN) });
      if (found.length < PASSKEYS) throw new Error(`only ${found.length} passkeys`);
    },
  };
  return {
    name: 'agent',
    run: async (operation) => {
      const start = performance.now();
      await operations[operation]();
      return (performance.now() - start) / (operation === 'pin' ? 2 : 1);
    },
    close: () => key.close(),
  };
}

/** Sets the PIN of a fresh key and makes 40 passkeys at eight sites. */
export async function prepareKey(address: string): Promise<void> {
  const key = await openKey(deviceAt(address));
  try {
    await setPin(key, { prompts: typing(PIN, PIN) });
    for (let index = 0; index < PASSKEYS; index++) {
      await makePasskey(key, `site-${index % SITES}.example`, `person-${index}`);
    }
  } finally {
    await key.close();
  }
}

async function makePasskey(key: Key, rpId: string, user: string): Promise<Uint8Array> {
  const options = {
    rp: { id: rpId, name: 'Bench' },
    user: { id: Buffer.from(user).toString('base64url'), name: 'ann', displayName: 'Ann' },
    challenge: createHash('sha256').update(user).digest('base64url'),
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    authenticatorSelection: { residentKey: 'required' },
  };
  const made = await register(key, { options, rpId, prompts: typing(PIN) });
  made.forget();
  return made.credentialId;
}

/** A person who types these PINs in this order, at once. */
function typing(...pins: string[]): Prompts {
  return {
    say: () => undefined,
    progress: () => ({ done: () => undefined }),
    touch: () => undefined,
    touchDone: () => undefined,
    askPin: async () => new Secret(pins.shift() ?? ''),
    confirm: async () => false,
    ask: async () => '',
  };
}
