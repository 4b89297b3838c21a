import { Secret } from '../../agent/protocol/secret';
import { pairCard, wordsFor } from '../../cards';
import { type Outcome } from '../service';
import { createWorld, vouched, type World } from '../service/testing/world';
import { type CardSlot } from '../tickets/effects';
import { cardOfSlot, outcomeCard } from './render';

const PASS = 'CANARY-PASS';
const CODE = '271828';
/** As the card spaces it, so that it can be read out. */
const CODE_SHOWN = '271 828';
const SLOTS: CardSlot[] = ['progress', 'approval', 'handover', 'helpdesk'];

let world: World;
let outcome: Outcome;
beforeAll(async () => {
  world = await createWorld();
  const id = await vouched(world, 'choose-pass');
  await world.press('ada', id, 'prepare-show');
  const { details } = await world.press('ada', id, 'refresh');
  outcome = { ...(details && { details }) };
});

const text = (card: unknown) => JSON.stringify(card);
const words = wordsFor('en');

test('the pass is on the one card that shows it, the vouch code on its own', () => {
  const pass = { text: new Secret(PASS), validUntil: '2026-03-02T09:00:00.000Z', showsLeft: 2 };
  expect(text(outcomeCard({ ...outcome, pass }, words))).toContain(PASS);
  expect(text(outcomeCard({ ...outcome, vouchCode: new Secret(CODE) }, words))).toContain(CODE_SHOWN);
  const pairing = pairCard(
    { code: new Secret('K7Q2-CANARY'), expiresAt: pass.validUntil, kind: 'own', service: 'https://keyvouch.example' },
    words,
  );
  expect(text(pairing)).toContain('K7Q2-CANARY');
});

test.each(SLOTS)('the posted card of %s holds no secret, even if one came along', (slot) => {
  const details = {
    ...outcome.details!,
    ...{ vouchCode: new Secret(CODE), pass: { text: new Secret(PASS) } },
  };
  const card = text(cardOfSlot(slot, details, words));
  expect(card).not.toContain(PASS);
  expect(card).not.toContain(CODE);
  expect(card).not.toContain(CODE_SHOWN);
  expect(card).not.toContain('••••');
});

test.each([
  'press-show-again',
  'show-in-progress',
  'pass-withheld',
  'shows-used-up',
  'not-yours',
  'graph-timeout',
  'code-wrong',
  'cancelled',
])('the card of the refusal %s says it in words, and holds no secret', (code) => {
  for (const language of ['en', 'de']) {
    const card = outcomeCard({ ...outcome, refusal: { code, facts: { triesLeft: 2, most: 3 } } }, wordsFor(language));
    expect(text(card)).not.toMatch(/CANARY|••••|\{\w+\}/);
    expect(card.version).toBe('1.5');
  }
});

test('without a ticket to show there is no view of one', () => {
  const card = text(outcomeCard({ refusal: { code: 'ticket-unknown' } }, words));
  expect(card).not.toMatch(/"Ada\b|KV-/);
});
