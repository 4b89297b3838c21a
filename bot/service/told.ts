import { type Person } from '../entra';
import { type Open } from '../tickets/commands';
import { isRecovery } from '../tickets/freeze';
import { samePerson } from '../tickets/people';
import { type Flow, type Told } from '../tickets/ticket';
import { type Deps } from './deps';
import { factsOf } from './subject';

const MAIL = /^[^\s@<>,;:"\\]+@[^\s@<>,;:"\\]+\.[^\s@<>,;:"\\]+$/;

/** An address of the person that is not the account's own mailbox; undefined where the directory has none. */
export function otherAddress({ mail, userPrincipalName, proxyAddresses, otherMails }: Person): string | undefined {
  const own = [mail ?? '', userPrincipalName, ...proxyAddresses.map((address) => address.replace(/^smtp:/i, ''))];
  const taken = own.map((address) => address.toLowerCase());
  return otherMails.find((address) => MAIL.test(address) && !taken.includes(address.toLowerCase()));
}

/**
 * Who hears of a ticket by mail: the subject at another address that the directory has; else their manager, or the
 * manager's manager where that one asks or hands over, or is the subject's own second account.
 * @param parties ids of requester and hander
 * @returns `nobody` where there should be somebody; undefined where nobody is told of such a ticket
 */
export async function whoIsTold(
  deps: Deps,
  flow: Flow,
  subject: Person,
  parties: readonly string[],
): Promise<Open['told'] | 'nobody'> {
  const [requester = subject.id] = parties;
  const about = { flow, requester: { id: requester, name: '' }, subject: { id: subject.id, name: '' } };
  if (!deps.settings.mailbox || !isRecovery(about)) return undefined;
  const ref = ({ id, displayName }: Person) => ({ id, name: displayName });
  if (otherAddress(subject)) return { person: ref(subject), via: 'other-address' };
  let below = subject;
  for (let level = 0; level < 2; level += 1) {
    const manager = await deps.entra.people.manager(below.id);
    if (!manager) return 'nobody';
    const same = samePerson(factsOf(manager), factsOf(subject), deps.settings.samePerson);
    const reads = manager.accountEnabled && manager.mail !== undefined && MAIL.test(manager.mail);
    if (reads && !same && !parties.includes(manager.id)) return { person: ref(manager), via: 'manager' };
    below = manager;
  }
  return 'nobody';
}

/** The address that a mail goes to, as the directory has it now, and the language of who reads it. */
export async function letterbox(deps: Deps, { person, via }: Told): Promise<{ address?: string; locale: string }> {
  const [known, conversation] = await Promise.all([
    deps.entra.people.find(person.id),
    deps.conversations.get(person.id),
  ]);
  const locale = conversation?.locale ?? known?.preferredLanguage ?? deps.settings.language;
  const own = known?.accountEnabled && known.mail !== undefined && MAIL.test(known.mail) ? known.mail : undefined;
  const address = via === 'manager' ? own : known && otherAddress(known);
  return { locale, ...(address !== undefined && { address }) };
}
