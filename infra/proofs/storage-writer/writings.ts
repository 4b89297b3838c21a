import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PROOF_HEADER, PROOF_TYPE } from '../../../agent/protocol/request-proof';
import { type WorkstationKey } from '../../../agent/service/key-store';
import { digestOf } from '../../../agent/service/signed-request';
import { dueRow } from '../../../bot/storage/indexes';
import { type Effect } from '../../../bot/tickets/effects';
import { people } from '../../local/entra';
import { type Rig } from '../rig/rig';
import { type Hand } from './hand';
import { type Lure, press } from './lure';

/** What lies ready to be tampered with: two tickets that wait for Mara. */
export interface Scene {
  rig: Rig;
  hand: Hand;
  ticket: string;
  other: string;
  /** Mara's approval, and Sean's withdrawal. */
  lures: readonly Lure[];
  /** A key that no workstation was paired with. */
  key: WorkstationKey;
}

export interface Writing {
  name: string;
  write(scene: Scene): Promise<void>;
  /** What should make the product act upon it. @returns what it did, if anything that can be told at once */
  provoke(scene: Scene): Promise<string | undefined>;
}

const { sean, mara, jonas } = people;
const SETTLED_MS = 1_500;
/** The outbox is swept every 15 s. */
const SWEEP_MS = 17_000;

/** Those whose buttons lead to the ticket press them. */
async function pressAll({ rig, lures }: Scene): Promise<undefined> {
  for (const lure of lures) await press(rig, lure);
  await pause(SETTLED_MS);
}

function state(name: string, change: (text: string) => string): Writing {
  return {
    name: `a ticket: ${name}`,
    write: ({ hand, ticket }) => hand.edit('tickets', ticket, 'state', change),
    provoke: pressAll,
  };
}

function outbox(name: string, effect: Effect): Writing {
  return {
    name: `an outbox row: ${name}`,
    async write({ hand, ticket }) {
      const now = new Date().toISOString();
      const id = '0000000001-9';
      const s00 = JSON.stringify({ id, effect, notBefore: now, attempts: 0 });
      await hand.write('tickets', { partitionKey: ticket, rowKey: `out~${id}`, s00, seal: 'A'.repeat(43) });
      const { pk, rk } = dueRow('outbox', ticket, now, now);
      await hand.write('index', { partitionKey: pk, rowKey: rk, ticket });
    },
    async provoke() {
      await pause(SWEEP_MS);
      return undefined;
    },
  };
}

const WORKSTATION = 'ws-made-up';

/** A workstation of Sean's that nobody paired, with a key of the writer's. */
const workstation: Writing = {
  name: 'a workstation, active, with a key of the writer',
  async write({ hand, key }) {
    const record = {
      ...{ id: WORKSTATION, person: sean.id, kind: 'own', name: 'made-up', state: 'active' },
      ...{ publicJwk: JSON.stringify(key.jwk), thumbprint: key.thumbprint, pairedAt: new Date().toISOString() },
    };
    const partitionKey = `ws~${WORKSTATION}`;
    const row = { partitionKey, rowKey: 'record', s00: JSON.stringify(record), seal: 'A'.repeat(43) };
    await hand.write('workstations', row);
  },
  async provoke({ rig, key }) {
    const iat = Math.floor(Date.now() / 1000);
    const htu = `${rig.host.url}/api/workstations/${WORKSTATION}/jobs`;
    const claims = { aud: rig.host.url, htm: 'GET', htu, iat, exp: iat + 60, jti: randomUUID(), bh: digestOf('') };
    const proof = await key.sign(PROOF_TYPE, claims);
    const reply = await fetch(htu, { headers: { [PROOF_HEADER]: proof } });
    await reply.arrayBuffer();
    return reply.ok ? `the made-up workstation was answered with ${reply.status}` : undefined;
  },
};

export const WRITINGS: readonly Writing[] = [
  state('approved by hand', (text) => text.replace('"status":"waiting"', '"status":"approved"')),
  state('another approver', (text) => text.replaceAll(mara.id, jonas.id)),
  state('another subject', (text) => text.replaceAll(sean.id, jonas.id)),
  state('a decision put in', (text) => text.replace('"approvals":[]', '"approvals":[],"decision":"e30.e30.AAAA"')),
  {
    name: 'a ticket: the state of another in its place',
    async write({ hand, ticket, other }) {
      await hand.write('tickets', { ...(await hand.read('tickets', other, 'state')), partitionKey: ticket });
    },
    provoke: pressAll,
  },
  outbox('a card with a sound', { kind: 'card', person: mara.id, slot: 'approval', nudge: true }),
  outbox('all sessions revoked', { kind: 'revoke-sessions' }),
  outbox('a passkey removed', { kind: 'remove-passkey', methodId: 'any' }),
  workstation,
];
