import { z } from 'zod';
import { type Graph } from './client/graph';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** The sign-in sessions of one user. */
export interface Sessions {
  /**
   * Ends every session: refresh tokens and browser cookies from before now stop working, within minutes. Doing it twice
   * does no harm, so it is tried again by itself.
   */
  revoke: (userId: string) => Promise<void>;
}

/** {@link Sessions} over Graph. */
export function createSessions(graph: Graph): Sessions {
  return {
    revoke: async (userId) => {
      await graph.ask(
        {
          operation: 'sessions.revoke',
          method: 'POST',
          path: paths.revokeSessions(userId),
          repeat: 'repeatable',
          explain: explainUnknownPerson,
        },
        // 200 with `{ "value": true }` or 204 without a body: both are documented. `false` is not a success.
        z.object({ value: z.literal(true) }).or(z.undefined()),
      );
    },
  };
}
