import type { Secret } from '../../../agent/protocol/secret';
import type { Edit } from './edit';
import type { Count, Effect } from './effects';
import type { SecurityInfoResult } from './signin/security-info';
import type { SignInResult } from './signin/outcome';
import type { SecurityKey } from './signin/security-key';
import type { Mail } from './state';
import type { Change } from './store';
import type { Switches } from './switches';
import type { TokenReply } from './tokens';
import type { PolicyChanges } from './policy/change';
import type { View } from './view';

/** A security key: one in this process, or an address (`tcp:host:port`) and the PIN of the key there. */
export type KeyAtHand = SecurityKey | { device: string; pin: Secret };

/** A running stand-in for Microsoft Entra and Graph. */
export interface EntraStandIn {
  /** `https://localhost:PORT`: authority host, Graph and the stand-in's own `/_standin` paths. */
  readonly url: string;
  /** The authority that a client must trust (NODE_EXTRA_CA_CERTS). */
  readonly caPem: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** The app's secret, as a settings file needs it. Known to this tenant only. */
  readonly clientSecret: string;
  readonly switches: Switches;
  /** Graph without a socket, for proofs in which time is played; the fault switches are not asked. */
  readonly fetch: typeof fetch;
  /** The token service without a socket: client credentials as a form. */
  grant(form: URLSearchParams): Promise<TokenReply>;
  /** What the tenant really holds about a person. Throws Graph's 404. */
  view(idOrUpn: string): View;
  /** Everybody: id, name, UPN. */
  people(): { id: string; userPrincipalName: string; displayName: string; accountEnabled: boolean }[];
  /** Calls and effects by `METHOD /route`. */
  counts(): Record<string, Count>;
  /** Every call that changed the tenant, with whether its reply was sent. */
  effects(): readonly Effect[];
  clearEffects(): void;
  /** Mails that `sendMail` was asked to send. */
  mails(): readonly Mail[];
  /** Changes a person behind Graph's back. */
  edit(edit: Edit): void;
  signInWithPass(upn: string, pass: string): SignInResult;
  signInWithKey(upn: string, key: KeyAtHand): Promise<SignInResult>;
  registerAtSecurityInfo(upn: string, session: string, key: KeyAtHand, name?: string): Promise<SecurityInfoResult>;
  /** A key that somebody registered in earlier days: the same ceremony, without a session. */
  enrol(upn: string, key: KeyAtHand, name?: string): Promise<SecurityInfoResult>;
  /** Changes method policies behind Graph's back; they spread as Graph's own changes do. Throws a ZodError. */
  setPolicy(changes: PolicyChanges): void;
  subscribe(watcher: (change: Change) => void): () => void;
  /** Cuts all connections and waits until the state is on disk. */
  close(): Promise<void>;
}
