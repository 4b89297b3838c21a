import { lettersOf, textOf } from '../../local/play/reading';
import { APP_ID } from '../../local/sandbox/product-settings';
import { type TeamsStandIn } from '../../local/teams';
import { executeActivity } from '../../local/teams/activities';
import { readAnswer } from '../../local/teams/answer';

/** A click as its button says it. */
export type Click = Readonly<Record<string, unknown>> & { verb: string };

/** One delivery's answer: what its card shows in large letters, or why there was none. */
export interface Answer {
  letters?: string;
  fault?: string;
  /** What the card says. */
  text?: string;
}

/** Delivers one click so many times at once; `sameId`: under one activity id, as when Teams sends a slow turn again. */
export async function deliver(
  teams: TeamsStandIn,
  person: string,
  click: Click,
  { times, sameId }: { times: number; sameId: boolean },
): Promise<Answer[]> {
  const frame = { serviceUrl: teams.serviceUrl, appId: APP_ID, appName: teams.appName, now: Date.now };
  const build = () =>
    executeActivity(frame, teams.person(person), 'card', { verb: click.verb }, { ...click }, 'manual');
  const first = build();
  return Promise.all(
    Array.from({ length: times }, async (_, number) => {
      const delivery = await teams.send(number === 0 || sameId ? first : build());
      const answer = readAnswer(delivery);
      if (answer.kind !== 'card') return { fault: answer.kind };
      const letters = lettersOf(answer.card);
      return letters === undefined ? { text: textOf(answer.card) } : { letters };
    }),
  );
}
