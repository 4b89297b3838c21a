import { type Account } from '../rig/house/crowd';
import { type House } from '../rig/house/house';

/** What makes a second account known as the same person's: what is set on it, of the first. */
export type Link = (first: Account, second: Account) => Readonly<Record<string, unknown>>;

const localPart = ({ upn }: Account): string => upn.split('@')[0] ?? upn;
const numberOf = (account: Account): string => localPart(account).replace(/^crowd-/, '');

export const LINKS: Readonly<Record<string, Link>> = {
  'the same employee id': (first) => ({ employeeId: `CR-${numberOf(first)}` }),
  'a shared proxy address': (first, second) => ({
    proxyAddresses: [`SMTP:${second.upn}`, `smtp:${first.upn.toUpperCase()}`],
  }),
  'a shared other mail': (first) => ({ otherMails: [first.upn] }),
  'the naming rule of admin accounts': (first) => ({
    userPrincipalName: `adm-${localPart(first)}@northwind-harbour.example`,
  }),
};

/** Makes them one person's in the directory. @returns takes it back */
export function linked({ entra }: Pick<House, 'entra'>, link: Link, first: Account, second: Account): () => void {
  const before = {
    ...{ employeeId: `CR-${numberOf(second)}`, proxyAddresses: [`SMTP:${second.upn}`] },
    ...{ otherMails: [], userPrincipalName: second.upn },
  };
  entra.edit({ user: second.id, set: { ...link(first, second) } });
  return () => entra.edit({ user: second.id, set: before });
}
