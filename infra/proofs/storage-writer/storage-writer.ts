import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileKeyStore } from '../../../agent/service/file-key-store';
import { people } from '../../local/entra';
import { ticketsOn } from '../../local/play/reading';
import { type Effort, type Finding, type Proof } from '../proof';
import { buildUnguarded } from '../rig/apps';
import { type Guard } from '../rig/guard-out';
import { type Rig, startRig } from '../rig/rig';
import { dumpTable } from '../rig/table-dump';
import { truthOf } from '../rig/truth';
import { handIn } from './hand';
import { lureOf, press } from './lure';
import { type Scene, type Writing, WRITINGS } from './writings';

const PROMISE =
  'whoever can write the tables cannot cause an effect: rows without the service’s signature are refused and reported';
const { sean, mara, jonas } = people;
/** Until what a true click has set going is done. */
const SETTLED_MS = 2_500;

async function ask({ teams }: Rig, person: string): Promise<string> {
  await teams.say(person, 'hi');
  await teams.click(person, 'latest', 'ask');
  const sent = await teams.click(person, 'latest', 'send-request', { reason: 'My first day: I need a key.' });
  const shortId = sent.kind === 'card' ? ticketsOn(sent.card)[0] : undefined;
  if (shortId === undefined) throw new Error('no ticket was opened');
  return shortId;
}

async function layOut(rig: Rig): Promise<Scene & { shortId: string }> {
  for (const { id } of [sean, mara, jonas]) await rig.teams.install(id);
  const otherShort = await ask(rig, jonas.id);
  const shortId = await ask(rig, sean.id);
  await pause(SETTLED_MS);
  const { tickets } = await truthOf(rig);
  const [ticket, other] = await Promise.all([tickets.find(shortId), tickets.find(otherShort)]);
  if (ticket === undefined || other === undefined) throw new Error('a ticket is not there');
  const key = await fileKeyStore(join(rig.folder, 'workstations', 'made-up')).make();
  const lures = [lureOf(rig, mara.id, 'approve', { how: 'video' }), lureOf(rig, sean.id, 'cancel')];
  return { rig, hand: handIn(rig), ticket, other, shortId, lures, key };
}

/** What an effect would be seen by: changes in Entra, posts about the ticket, what the product wrote into its rows. */
async function traces({ rig, ticket, shortId }: Scene & { shortId: string }) {
  const posts = rig.teams
    .traffic()
    .filter(({ way, method, request }) => way === 'from-bot' && method !== 'GET' && about(request, shortId));
  const rows = (await dumpTable(rig, 'tickets')).filter((row) => row.includes(ticket) && !row.includes('"out~'));
  return { entra: rig.entra.effects().length, posts: posts.length, rows };
}

const about = (request: unknown, shortId: string): boolean => JSON.stringify(request ?? '').includes(shortId);

interface Tried {
  effects: string[];
  reported: boolean;
}

async function tryOne(scene: Scene & { shortId: string }, writing: Writing, lines: readonly string[]): Promise<Tried> {
  const from = lines.length;
  await writing.write(scene);
  const before = await traces(scene);
  const did = await writing.provoke(scene);
  const after = await traces(scene);
  await scene.hand.undo();
  const changed = after.rows.filter((row) => !before.rows.includes(row));
  return {
    effects: [
      ...(did === undefined ? [] : [did]),
      ...(after.entra === before.entra ? [] : [`Entra was changed ${after.entra - before.entra} times`]),
      ...(after.posts === before.posts ? [] : [`${after.posts - before.posts} posts about it`]),
      ...changed.map((row) => `a row was written: ${row.slice(0, 120)}`),
    ].map((what) => `${writing.name}: ${what}`),
    reported: lines.slice(from).some((line) => line.includes('storage-tampered')),
  };
}

async function measure(entry: string, writings: readonly Writing[], progress: Effort['progress']): Promise<Finding> {
  const lines: string[] = [];
  const rig = await startRig({
    entry,
    installed: [sean.id, mara.id, jonas.id],
    onHostLine: (line) => lines.push(line),
  });
  try {
    await rig.host.start();
    const scene = await layOut(rig);
    const violations: string[] = [];
    let reported = 0;
    for (const writing of writings) {
      const tried = await tryOne(scene, writing, lines);
      violations.push(...tried.effects);
      if (tried.reported) reported += 1;
      else violations.push(`${writing.name}: the log says nothing of it`);
      progress(`${writing.name}: ${tried.effects.length} effects${tried.reported ? ', reported' : ''}`);
    }
    // All is put back: the ticket still works, so what was refused was refused for what was written.
    for (const lure of scene.lures.slice(0, 1)) await press(rig, lure);
    const status = (await (await truthOf(rig)).tickets.load(scene.ticket))?.ticket.status;
    if (status !== 'approved' && violations.length === 0) violations.push('a true click did not work either');
    return {
      id: 'storage-writer',
      promise: PROMISE,
      figure: `${writings.length} kinds of rows written by hand: ${violations.length} violations, ${reported} reported`,
      goal: 'all refused and reported',
      holds: violations.length === 0,
      violations,
      facts: { kinds: writings.map(({ name }) => name), reported },
    };
  } finally {
    await rig.close();
  }
}

/** The seal: without it every row is taken for the service's own. */
const SEAL: Guard = {
  file: 'bot/storage/seal.ts',
  instead: (source) =>
    source.replace('return given.length === right.length && timingSafeEqual(given, right);', 'return true;'),
};

async function withoutGuard({ progress }: Effort): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-control-'));
  try {
    const entry = await buildUnguarded(folder, SEAL);
    const some = WRITINGS.filter(({ name }) => /approved by hand|with a sound|workstation/.test(name));
    const finding = await measure(entry, some, progress);
    return { ...finding, figure: `${finding.figure}, without ${SEAL.file}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const storageWriter: Proof = {
  id: 'storage-writer',
  run: ({ entry, progress }) => measure(entry, WRITINGS, progress),
  withoutGuard,
};
