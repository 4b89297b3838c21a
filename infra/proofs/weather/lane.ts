import { type OutsideCall } from '../rig/played/edges';
import { serveLane } from '../rig/played/lane';
import { runStory, START } from '../rig/played/run';
import { storyCalled } from '../rig/played/stories';
import { createDice } from '../seed';
import { obeyed } from './obeyed';
import { fateIn } from './storm';
import { type Task, type Told } from './task';

function kindOf({ fate, to }: OutsideCall): string | undefined {
  if (!fate || 'dies' in fate) return undefined;
  const as = typeof fate.as === 'string' ? fate.as : String(fate.as.status);
  return `${to} ${as} ${fate.when}`;
}

async function perform({ story: name, seed, graph, teams, stormMinutes }: Task): Promise<Told> {
  const dice = createDice(seed);
  const storm = { graph, teams, until: START + stormMinutes * 60_000 };
  const run = await runStory({
    ...{ story: storyCalled(name), german: seed % 2 === 0, calmSince: storm.until },
    weather: (call) => fateIn(storm, call, dice),
  });
  const { early, tooOften, asked, mostAttempts } = obeyed(run.calls);
  const violations = [...run.violations, ...early, ...tooOften];
  const kinds: Record<string, number> = {};
  for (const kind of run.calls.flatMap((call) => kindOf(call) ?? [])) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    ...{ violations, asked, mostAttempts, kinds, stray: run.stray.length, playedMs: run.playedMs },
    calls: run.calls.filter(({ to }) => to !== 'tables').length,
    failed: Object.values(kinds).reduce((sum, count) => sum + count, 0),
    logged: violations.length > 0 ? [...run.logged] : [],
    ...(run.standsStill !== undefined && { standsStill: run.standsStill }),
  };
}

serveLane(perform);
