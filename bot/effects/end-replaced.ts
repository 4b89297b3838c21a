import { othersWithPass } from '../service/other-passes';
import { DONE, type Run } from './effect';

/**
 * An account has one pass at most: a new one has ended whatever the person's other tickets still hold for alive. Each of
 * them records that, so that its card tells the truth.
 */
export const endReplaced: Run<'end-replaced'> = async (deps, ticket, { generation }) => {
  const newer = ticket.generations.find(({ number }) => number === generation);
  if (!newer) return DONE;
  const others = await othersWithPass(deps, ticket);
  const outcomes = others.flatMap(({ id, generations }) =>
    generations
      .filter(({ state, endedAt, startedAt }) => state === 'issued' && !endedAt && startedAt < newer.startedAt)
      .map(({ number }) => ({
        ticket: id,
        command: { kind: 'pass-ended' as const, generation: number, how: 'replaced' as const },
      })),
  );
  return { kind: 'elsewhere', outcomes };
};
