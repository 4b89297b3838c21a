/**
 * What Graph answers when it refuses: a status, a code and a text, sent as `{ error: { code, message, innerError } }`.
 * The authentication methods service writes its codes in camelCase, the directory service as `Request_…`
 * (docs "Microsoft Graph error responses"; callers must never branch on the text).
 */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'GraphError';
  }
}

/** Which service behind Graph answers: it decides the style of codes and the throttling limits. */
export type Area = 'directory' | 'authentication' | 'policy' | 'conditionalAccess' | 'reports' | 'risk';

/** 400 of the authentication methods service. */
export const badRequest = (message: string): GraphError => new GraphError(400, 'badRequest', message);

/** 400 of the directory and policy services. */
export const requestBadRequest = (message: string): GraphError => new GraphError(400, 'Request_BadRequest', message);

/** 400 of the OData layer in front of all services. */
export const odataBadRequest = (message: string): GraphError => new GraphError(400, 'BadRequest', message);

export const unsupportedQuery = (message: string): GraphError =>
  new GraphError(400, 'Request_UnsupportedQuery', message);

export const resourceNotFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** 404 of the authentication methods service, for a method that the user does not have. */
export const methodNotFound = (): GraphError =>
  new GraphError(404, 'resourceNotFound', 'The requested method was not found for this user.');

export const methodNotAllowed = (area: Area): GraphError =>
  area === 'authentication'
    ? new GraphError(405, 'methodNotAllowed', 'The method is not supported for this URL.')
    : new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.');

export const forbidden = (area: Area): GraphError =>
  area === 'authentication'
    ? new GraphError(403, 'accessDenied', 'Request Authorization failed')
    : new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

export const badToken = (message: string): GraphError =>
  new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="invalid_token"`,
  });

/** @param retryAfterSeconds `null`: no `Retry-After`, as Conditional Access and Identity Protection answer. */
export const tooManyRequests = (retryAfterSeconds: number | null): GraphError =>
  new GraphError(
    429,
    'TooManyRequests',
    'Too many requests.',
    retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
