import { createDice } from '../seed';
import { JOB_KINDS, offerForged, sampleJob } from './jobs';

const NOW = new Date('2026-03-02T09:00:00Z');

it('offers jobs of every forged kind, of which none is let through, and the true one', async () => {
  const { jws, expected } = await sampleJob(NOW);
  const { letThrough, trueTaken } = await offerForged(jws, expected, JOB_KINDS.length * 5, createDice(1));
  expect(letThrough).toEqual([]);
  expect(trueTaken).toBe(true);
});

it('tells of a true job that is refused', async () => {
  const { jws, expected } = await sampleJob(NOW);
  const elsewhere = { ...expected, workstation: 'ws-2' };
  expect(await offerForged(jws, elsewhere, JOB_KINDS.length, createDice(1))).toMatchObject({ trueTaken: false });
});
