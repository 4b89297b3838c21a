import { lettersOf } from '../../local/play/reading';
import { APP_ID } from '../../local/sandbox/product-settings';
import { type TeamsStandIn } from '../../local/teams';
import { executeActivity } from '../../local/teams/activities';
import { readAnswer } from '../../local/teams/answer';

/** A click as its button says it. */
export type Click = Readonly<Record<string, unknown>> & { verb: string };

/** One delivery's answer: HTTP status, 0 where it is no card; and what it shows in large letters. */
export interface Answer {
  status: number | undefined;
  letters?: string;
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
      if (answer.kind !== 'card') return { status: delivery.status === 200 ? 0 : delivery.status };
      const letters = lettersOf(answer.card);
      return { status: 200, ...(letters !== undefined && { letters }) };
    }),
  );
}
