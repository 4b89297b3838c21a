import type { SwitchValues } from '../switches';

/**
 * A credential id as this tenant writes it, in method ids and in `excludeCredentials`: .NET's UrlTokenEncode (base64url
 * and one digit for the padding that it stripped) as was observed, plain base64url as is documented, or base64.
 */
export const encodeId = (credentialId: string, encoding: SwitchValues['idEncoding']): string => {
  if (encoding === 'base64url') return credentialId;
  const base64 = Buffer.from(credentialId, 'base64url').toString('base64');
  if (encoding === 'base64') return base64;
  return `${credentialId}${base64.length - base64.replaceAll('=', '').length}`;
};
