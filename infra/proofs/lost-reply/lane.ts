import { type Failure } from '../rig/played/edges';
import { serveLane } from '../rig/played/lane';
import { runStory } from '../rig/played/run';
import { storyCalled } from '../rig/played/stories';
import { type Kind, type Task, type Told } from './task';

const AS: Readonly<Record<Kind, Failure>> = {
  'time-out': 'time-out',
  reset: 'reset',
  '503': { status: 503, code: 'serviceNotAvailable' },
};

async function perform({ story: name, german, loss }: Task): Promise<Told> {
  const begun = Date.now();
  let lost: string | undefined;
  const run = await runStory({
    story: storyCalled(name),
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
