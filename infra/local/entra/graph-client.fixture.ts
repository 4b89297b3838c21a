import { Agent, fetch } from 'undici';
import { makeIdentity } from './identity';
import { startEntra, type EntraOptions, type EntraStandIn } from '.';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: { [name: string]: unknown; error?: { code: string; message: string; innerError: Record<string, string> } };
}

/** What stands at a place inside JSON, undefined where there is no such place: `at(body, 'value', 0, 'id')`. */
export const at = (json: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    json,
  );

/** For tests of what the product does not ask for. */
export const EVERY_PERMISSION = [
  'Directory.Read.All',
  'User.Read.All',
  'User.EnableDisableAccount.All',
  'User.RevokeSessions.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'UserAuthenticationMethod.Read.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.Read.All',
  'UserAuthMethod-Passkey.ReadWrite.All',
  'Policy.Read.All',
  'Policy.ReadWrite.AuthenticationMethod',
  'Policy.ReadWrite.ConditionalAccess',
  'Application.Read.All',
  'AuditLog.Read.All',
  'IdentityRiskyUser.ReadWrite.All',
  'Mail.Send',
];

/** A stand-in with a plain client in front, for tests. */
export interface Rig {
  entra: EntraStandIn;
  /** A call with a fresh enough token; `path` with version. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** Without token and without JSON. */
  raw(path: string, init?: Parameters<typeof fetch>[1]): ReturnType<typeof fetch>;
  token(secret?: string): Promise<Answer>;
  close(): Promise<void>;
}

let shared: ReturnType<typeof makeIdentity> | undefined;

export const startRig = async (options: EntraOptions = {}): Promise<Rig> => {
  // Two RSA keys for every test would be most of the time.
  shared ??= makeIdentity();
  const entra = await startEntra({ identity: await shared, ...options });
  const dispatcher = new Agent({ connect: { ca: entra.caPem } });
  const raw: Rig['raw'] = (path, init) => fetch(`${entra.url}${path}`, { ...init, dispatcher });
  const read = async (response: Awaited<ReturnType<typeof fetch>>): Promise<Answer> => {
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    };
  };
  const token = async (secret = entra.clientSecret): Promise<Answer> =>
    read(
      await raw(`/${entra.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: entra.clientId,
          client_secret: secret,
          scope: 'https://graph.microsoft.com/.default',
        }).toString(),
      }),
    );
  // As a real client keeps it; another grant needs another token.
  let kept: { grants: string[]; bearer: string } | undefined;
  const bearer = async (): Promise<string> => {
    const grants = entra.switches.get().grantedPermissions;
    if (kept?.grants !== grants) kept = { grants, bearer: String((await token()).body['access_token']) };
    return kept.bearer;
  };
  const call: Rig['call'] = async (method, path, body, headers = {}) => {
    return read(
      await raw(path, {
        method,
        headers: {
          authorization: `Bearer ${await bearer()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  };
  return {
    entra,
    raw,
    token,
    call,
    get: (path, headers) => call('GET', path, undefined, headers),
    post: (path, body) => call('POST', path, body),
    async close() {
      await dispatcher.destroy();
      await entra.close();
    },
  };
};
