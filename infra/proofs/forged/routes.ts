import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { type Dice } from '../seed';

/** A request to one of the product's other doors, by somebody who holds nothing of what opens it. */
export interface ForgedRequest {
  route: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

const text = (dice: Dice, length: number): string =>
  Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'[dice.below(64)]).join(
    '',
  );
const json = { 'content-type': 'application/json' };
const proofed = (dice: Dice): Readonly<Record<string, string>> => ({
  ...json,
  ...(dice.below(3) > 0 && { 'keyvouch-proof': [text(dice, 60), text(dice, 120), text(dice, 86)].join('.') }),
});
const workstation = (dice: Dice): string => dice.one(['ws-1', `ws-${ulid()}`, '..%2f..', '%00', '']);
const jwk = (dice: Dice) => ({ kty: 'EC', crv: 'P-256', x: text(dice, 43), y: text(dice, 43) });

/** The address of a "this was not me" page: a ticket that is there, an end, and a code that nobody made. */
const link = (dice: Dice, ticket: string): string =>
  dice.one([
    `${ticket}zzzzzzz${text(dice, 43)}`,
    `${ticket}0000000${text(dice, 43)}`,
    `${ulid()}zzzzzzz${text(dice, 43)}`,
    text(dice, 76),
    ticket,
    `${ticket}%2f`,
  ]);

type Make = (dice: Dice, ticket: string) => ForgedRequest;

/** By the door that is knocked at. */
const KNOCKS: readonly Make[] = [
  (dice) => ({
    route: 'workstation-key',
    method: 'POST',
    path: `/api/workstations/${workstation(dice)}/key`,
    headers: proofed(dice),
    body: JSON.stringify({ jwk: jwk(dice), proof: text(dice, 200) }),
  }),
  (dice) => ({
    route: 'workstation-pair',
    method: 'POST',
    path: '/api/workstations/pair',
    headers: json,
    body: JSON.stringify({
      ...{ publicPart: text(dice, 4), secretPart: text(dice, 8), jwk: jwk(dice), name: 'x', platform: 'x' },
      ...{ agentVersion: '0', proof: text(dice, 200) },
    }),
  }),
  (dice) => ({
    route: 'workstation-jobs',
    method: 'GET',
    path: `/api/workstations/${workstation(dice)}/jobs`,
    headers: proofed(dice),
  }),
  (dice) => ({
    route: 'workstation-models',
    method: 'GET',
    path: `/api/workstations/${workstation(dice)}/models`,
    headers: proofed(dice),
  }),
  ...(['start', 'result'] as const).map((what): Make => (dice) => ({
    route: `workstation-job-${what}`,
    method: 'POST',
    path: `/api/workstations/${workstation(dice)}/jobs/job-${ulid()}/${what}`,
    headers: proofed(dice),
    body: JSON.stringify({ number: '42', outcome: 'failed', code: 'x' }),
  })),
  (dice) => ({
    route: 'workstation-job-state',
    method: 'GET',
    path: `/api/workstations/${workstation(dice)}/jobs/job-${randomUUID()}`,
    headers: proofed(dice),
  }),
  (dice, ticket) => ({
    route: 'not-me',
    method: dice.one(['GET', 'POST']),
    path: `/api/not-me/${link(dice, ticket)}`,
  }),
  (dice) => ({
    route: 'messages without JSON',
    method: 'POST',
    path: '/api/messages',
    headers: json,
    body: dice.one(['', '{', '[]', 'null', '"x"', text(dice, 500), `{"type":"${text(dice, 30)}"}`]),
  }),
];

/** One knock at one of the doors. */
export function knock(number: number, dice: Dice, ticket: string): ForgedRequest {
  const make = KNOCKS[number % KNOCKS.length];
  if (!make) throw new Error('there are doors');
  return make(dice, ticket);
}

/** What a stranger may be told: that it was refused, or that there is nothing of the kind. */
export function turnedAway(status: number): boolean {
  return status >= 400 && status < 500;
}
