import { serveLab } from '../rig/serve-lab';
import { createDice } from '../seed';
import { JOB_KINDS, offerForged, sampleJob } from './jobs';

/** The worker of the proof `workstation`'s control: forged jobs at an agent in which a guard was taken out. */
serveLab(async ({ seed }) => {
  const { jws, expected } = await sampleJob(new Date());
  const { letThrough } = await offerForged(jws, expected, JOB_KINDS.length, createDice(seed));
  const counts = Object.fromEntries(letThrough.map((kind) => [kind, 1]));
  return { tried: JOB_KINDS.length, violations: letThrough.map((kind) => `the agent takes a job: ${kind}`), counts };
});
