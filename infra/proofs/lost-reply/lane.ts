import { type Failure } from '../rig/played/edges';
import { sharedParts } from '../rig/played/house';
import { serveLane } from '../rig/played/lane';
import { runStory } from '../rig/played/run';
import { STORIES } from '../rig/played/stories';
import { type Kind, type Task, type Told } from './task';

const AS: Readonly<Record<Kind, Failure>> = {
  'time-out': 'time-out',
  reset: 'reset',
  '503': { status: 503, code: 'serviceNotAvailable' },
};

async function perform({ story: name, german, loss }: Task): Promise<Told> {
  await sharedParts();
  const story = STORIES.find((one) => one.name === name);
  if (!story) throw new Error(`there is no story "${name}"`);
  const begun = Date.now();
  let lost: string | undefined;
  const run = await runStory({
    story,
    german,
    weather: (call) => {
      if (call.number !== loss?.number) return undefined;
      lost = `${call.to} ${call.label}`;
      return { when: 'after', as: AS[loss.as] };
    },
  });
  const { violations, stray, standsStill, calls, playedMs, logged } = run;
  return {
    calls: loss ? [] : [...calls],
    ...{ violations, stray, playedMs, tookMs: Date.now() - begun, logged: violations.length > 0 ? [...logged] : [] },
    ...(lost !== undefined && { lost }),
    ...(standsStill !== undefined && { standsStill }),
  };
}

serveLane(perform);
