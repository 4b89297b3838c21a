import { Agent, fetch } from 'undici';
import { startEntra, type EntraOptions, type EntraStandIn } from '.';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  // A test reads what it expects and fails where it is not so.
  body: { [name: string]: any; error?: { code: string; message: string; innerError: Record<string, string> } };
}

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

export const startRig = async (options: EntraOptions = {}): Promise<Rig> => {
  const entra = await startEntra(options);
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
  const call: Rig['call'] = async (method, path, body, headers = {}) => {
    const { access_token: bearer } = (await token()).body;
    return read(
      await raw(path, {
        method,
        headers: {
          authorization: `Bearer ${String(bearer)}`,
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
