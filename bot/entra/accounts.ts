import { z } from 'zod';
import { type Graph } from './client/graph';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** The one property of an account that is ever written. */
export interface Accounts {
  /** Allows or blocks signing in (`accountEnabled`). Doing it twice does no harm, so it is tried again by itself. */
  setEnabled: (userId: string, enabled: boolean) => Promise<void>;
}

/** {@link Accounts} over Graph. */
export function createAccounts(graph: Graph): Accounts {
  return {
    setEnabled: async (userId, enabled) => {
      await graph.ask(
        {
          operation: 'accounts.setEnabled',
          method: 'PATCH',
          path: paths.account(userId),
          repeat: 'repeatable',
          body: { accountEnabled: enabled },
          explain: explainUnknownPerson,
        },
        z.unknown(),
      );
    },
  };
}
