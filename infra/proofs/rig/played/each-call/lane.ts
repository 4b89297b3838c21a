import { serveLane } from '../lane';
import { runStory } from '../run';
import { storyCalled } from '../stories';
import { FATES, type Task, type Told } from './task';

async function perform({ story: name, german, delays, befalls }: Task): Promise<Told> {
  const begun = Date.now();
  let befallen: string | undefined;
  const run = await runStory({
    ...{ story: storyCalled(name), german, delays },
    weather: (call) => {
      if (befalls === undefined || call.number !== befalls.number) return undefined;
      befallen = `${call.to} ${call.label}`;
      return FATES[befalls.fate];
    },
  });
  const { violations, stray, standsStill, calls, playedMs, logged } = run;
  return {
    calls: befalls ? [] : [...calls],
    ...{ violations, stray, playedMs, tookMs: Date.now() - begun, logged: violations.length > 0 ? [...logged] : [] },
    ...(befallen !== undefined && { befallen }),
    ...(standsStill !== undefined && { standsStill }),
  };
}

serveLane(perform);
