import { type Link, commitmentOf, extend, genesis, hashOf } from './chain';
import { type Found, verifyChain } from './verify';
import { START, comment } from './example.fixture';

const TICKET = '01JNGZTICKET';

function chain(): Required<Found> & {
  records: Map<number, Link['record']>;
  parts: Map<number, Required<Link>['part']>;
} {
  const { links, head } = extend(
    genesis(TICKET),
    'cmd-1',
    ['a', 'b', 'c', 'd', 'e'].map((text) => comment(text)),
  );
  return {
    ticket: TICKET,
    head,
    records: new Map(links.map(({ record }) => [record.seq, record])),
    parts: new Map(links.flatMap(({ part }) => (part ? [[part.seq, part]] : []))),
    commands: new Set(['cmd~cmd-1']),
    commandKey: (id) => `cmd~${id}`,
  };
}

/** Every hash anew, as somebody does who knows how the chain is made. */
function rehash(found: ReturnType<typeof chain>): void {
  let previous = genesis(TICKET).hash;
  for (const [seq, record] of [...found.records].sort(([a], [b]) => a - b)) {
    const { hash: _hash, ...chained } = { ...record, previous };
    previous = hashOf(chained);
    found.records.set(seq, { ...chained, hash: previous });
  }
}

const change = (found: ReturnType<typeof chain>, seq: number, more: object) =>
  found.records.set(seq, { ...found.records.get(seq)!, ...more });

test('an untouched chain holds', () => expect(verifyChain(chain())).toEqual([]));

test('a chain holds when what is personal was erased, in part or as a whole', () => {
  const found = chain();
  found.parts.delete(2);
  expect(verifyChain(found)).toEqual([]);
  found.parts.clear();
  expect(verifyChain(found)).toEqual([]);
});

const END = 'the chain does not end where the sealed state says';

test.each<[string, (found: ReturnType<typeof chain>) => void, string]>([
  ['changed actor', (found) => change(found, 2, { actor: 'mallory' }), 'record 2 was changed'],
  ['changed time', (found) => change(found, 5, { at: '2025-03-04T00:00:00.000Z' }), 'record 5 was changed'],
  ['changed data', (found) => change(found, 1, { data: { more: 1 } }), 'record 1 was changed'],
  [
    'changed and hashed anew',
    (found) => {
      change(found, 3, { actor: 'x' });
      const { hash: _hash, ...rest } = found.records.get(3)!;
      change(found, 3, { hash: hashOf(rest) });
    },
    'record 4 does not follow the one before it',
  ],
  [
    'changed and all hashed anew',
    (found) => {
      change(found, 1, { actor: 'x' });
      rehash(found);
    },
    END,
  ],
  [
    'last one changed and hashed anew',
    (found) => {
      change(found, 5, { actor: 'x' });
      rehash(found);
    },
    END,
  ],
  ['dropped first', (found) => found.records.delete(1), 'record 1 is missing'],
  ['dropped middle', (found) => found.records.delete(3), 'record 3 is missing'],
  ['cut tail', (found) => found.records.delete(5), 'record 5 is missing'],
  ['all dropped', (found) => found.records.clear(), 'record 1 is missing'],
  [
    'dropped, closed up, and all hashed anew',
    (found) => {
      for (const seq of [3, 4]) change(found, seq, { ...found.records.get(seq + 1)!, seq });
      found.records.delete(5);
      rehash(found);
    },
    'record 5 is missing',
  ],
  [
    'added at the end',
    (found) => found.records.set(6, { ...found.records.get(5)!, seq: 6 }),
    'record 6 was added after the end of the chain',
  ],
  [
    'added far after the end',
    (found) => found.records.set(99, { ...found.records.get(5)!, seq: 99 }),
    'record 99 was added after the end of the chain',
  ],
  [
    'added before the start',
    (found) => found.records.set(0, { ...found.records.get(1)!, seq: 0 }),
    'record 0 was added before the chain',
  ],
  [
    'exchanged',
    (found) => {
      const [two, three] = [found.records.get(2)!, found.records.get(3)!];
      found.records.set(2, three);
      found.records.set(3, two);
    },
    "record 2 lies in another's place",
  ],
  [
    'exchanged, renumbered, all hashed anew',
    (found) => {
      const [two, three] = [found.records.get(2)!, found.records.get(3)!];
      change(found, 2, { ...three, seq: 2 });
      change(found, 3, { ...two, seq: 3 });
      rehash(found);
    },
    END,
  ],
  [
    'unreadable',
    (found) => (found.records as Map<number, Link['record'] | undefined>).set(2, undefined),
    'record 2 cannot be read',
  ],
  [
    'personal part changed',
    (found) => (found.parts.get(1)!.personal = { text: 'other' }),
    'the personal part of record 1 was changed',
  ],
  [
    'personal part and its commitment changed',
    (found) => {
      const part = found.parts.get(1)!;
      part.personal = { text: 'other' };
      change(found, 1, { commitment: commitmentOf(part.salt, part.personal) });
    },
    'record 1 was changed',
  ],
  ['salt changed', (found) => (found.parts.get(1)!.salt = 'other'), 'the personal part of record 1 was changed'],
  ['personal part added', (found) => found.parts.set(7, found.parts.get(1)!), 'a personal part was added to record 7'],
  [
    'command forgotten',
    (found) => (found.commands as Set<string>).clear(),
    'the command of record 1 is no longer remembered as taken',
  ],
  [
    'chain of another ticket',
    (found) => {
      found.ticket = 'other';
    },
    'record 1 does not follow the one before it',
  ],
  [
    'state gone',
    (found) => {
      delete (found as Partial<Found>).head;
    },
    'there is no state whose seal holds, so nothing says where the chain ends',
  ],
])('%s: found', (_, tamper, sentence) => {
  const found = chain();
  tamper(found);
  expect(verifyChain(found)).toContain(sentence);
});

test('commitments to the same words differ, so that nobody learns from them', () => {
  const twice = [1, 2].map(() => extend(genesis(TICKET), 'c', [comment('same', START)]).links[0]!.record.commitment);
  expect(twice[0]).not.toBe(twice[1]);
});
