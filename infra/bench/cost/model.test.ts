import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Flow } from '../../../bot/tickets/ticket';
import { measure } from './measure';
import { ASSUMED, CALLS, monthFor, PRICES } from './model';

/** How far the model's calls may be from the measured ones. */
const NEAR = 0.15;

function expectNear(modelled: number, measured: number, what: string): void {
  const off = Math.abs(modelled - measured) / measured;
  expect({ what, modelled, measured, near: off <= NEAR }).toEqual({ what, modelled, measured, near: true });
}

test('the model reckons with the calls that are measured', async () => {
  const { idleHour, poll, tickets } = await measure();
  expectNear(CALLS.idleHour, idleHour, 'an hour in which nothing happens');
  expectNear(CALLS.poll, poll, 'a poll');
  const dearest = new Map<Flow, number>();
  for (const { flow, calls } of tickets) dearest.set(flow, Math.max(calls, dearest.get(flow) ?? 0));
  expect([...dearest.keys()].sort()).toEqual(Object.keys(CALLS.ticket).sort());
  for (const [flow, calls] of dearest) expectNear(CALLS.ticket[flow], calls, flow);
}, 120_000);

test('ten times the people cost more, and never ten times as much', () => {
  const [small, large] = [monthFor(1_000), monthFor(10_000)];
  expect(large.total).toBeGreaterThan(small.total);
  expect(large.total).toBeLessThan(10 * small.total);
});

test('the README says what the model says', () => {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  for (const employees of [1_000, 10_000, 100_000]) {
    const { compute, storage, rest, total } = monthFor(employees);
    const cells = [
      employees.toLocaleString('en'),
      ...[compute, storage, rest, total].map((usd) => `$${Math.round(usd).toLocaleString('en')}`),
    ];
    expect(readme.replace(/ +/g, ' ')).toContain(`| ${cells.join(' | ')} |`);
  }
  expect(readme).toContain(PRICES.asOf);
  expect(readme).toContain(`${ASSUMED.workstationHours} hours`);
});
