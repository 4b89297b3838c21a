import { z } from 'zod';
import { type Graph } from './client/graph';
import { paths } from './paths';

/** Sign-ins on one page; more are not looked at: this answers "was the new key used", not "all there ever was". */
const MOST = 50;

/** One step of a sign-in. */
export interface SignInStep {
  /** As Entra names it: "Passkey (device-bound)", "FIDO2 security key", "Temporary Access Pass", "Password", … */
  method: string;
  kind: 'passkey' | 'temporaryAccessPass' | 'windowsHello' | 'password' | 'earlier' | 'other';
  succeeded: boolean;
}

/** One interactive sign-in from the log (beta: v1.0 does not tell the method). The log lags by minutes. */
export interface SignIn {
  id: string;
  at: Date;
  succeeded: boolean;
  /** Entra's number of the failure, 0 for none. */
  errorCode: number;
  app?: string;
  ipAddress?: string;
  steps: SignInStep[];
}

/** The sign-in log of one user. Needs Entra ID P1. */
export interface SignIns {
  /** The latest 50 since `since`, newest first. */
  recent: (userId: string, since: Date) => Promise<SignIn[]>;
}

const KINDS: readonly (readonly [RegExp, SignInStep['kind']])[] = [
  [/passkey|fido2|security key/i, 'passkey'],
  [/temporary access pass/i, 'temporaryAccessPass'],
  [/windows hello/i, 'windowsHello'],
  [/^password$/i, 'password'],
  [/previously satisfied/i, 'earlier'],
];

const SignInReply = z
  .object({
    id: z.string(),
    createdDateTime: z.string().datetime({ offset: true }),
    appDisplayName: z.string().nullish(),
    ipAddress: z.string().nullish(),
    status: z.object({ errorCode: z.number().nullish() }).nullish(),
    authenticationDetails: z
      .array(z.object({ authenticationMethod: z.string().nullish(), succeeded: z.boolean().nullish() }))
      .nullish(),
  })
  .transform((signIn): SignIn => {
    // A sign-in without a status is not known to have worked.
    const errorCode = signIn.status?.errorCode ?? -1;
    return {
      id: signIn.id,
      at: new Date(signIn.createdDateTime),
      succeeded: errorCode === 0,
      errorCode,
      ...(signIn.appDisplayName ? { app: signIn.appDisplayName } : {}),
      ...(signIn.ipAddress ? { ipAddress: signIn.ipAddress } : {}),
      steps: (signIn.authenticationDetails ?? []).map(({ authenticationMethod, succeeded }) => ({
        method: authenticationMethod ?? '',
        kind: KINDS.find(([pattern]) => pattern.test(authenticationMethod ?? ''))?.[1] ?? 'other',
        succeeded: succeeded === true,
      })),
    };
  });

/** {@link SignIns} over Graph. */
export function createSignIns(graph: Graph): SignIns {
  return {
    recent: async (userId, since) => {
      const path = paths.signIns(userId, since);
      const { data } = await graph.ask(
        { operation: 'signIns.recent', method: 'GET', path, repeat: 'read' },
        z.object({ value: z.array(SignInReply) }),
      );
      return data.value.slice(0, MOST);
    },
  };
}
