import { type Fault } from '../protocol/fault';
import { type JobsReply, type Models } from '../protocol/messages';
import { causesOf } from '../service/error-code';
import { type Pairing } from '../service/pairing-file';
import { type Finding, notChecked, ok, stop, stopFor } from './finding';
import { type Route } from './proxy';

/** How the service answered, or why it did not. */
export interface Answer {
  /** The `Date` header, where a reply came at all. */
  date: string | undefined;
  /** What it says of this workstation; undefined where it was not asked as one. */
  state: JobsReply['state'] | undefined;
  /** The models of key that it lets in; undefined where it did not say. */
  models: Models | undefined;
  fault: Fault | undefined;
  /** Who issued the certificate that is not trusted, where that could be seen. */
  issuer: string | undefined;
}

/** A refusal in the service's own words is about the workstation or its clock: the service is there, and well. */
function isRefusal({ code, facts }: Fault): boolean {
  return typeof facts['status'] === 'number' && facts['status'] < 500 && !code.startsWith('service-');
}

export function serviceCheck(url: string | undefined, route: Route | undefined, answer: Answer | undefined): Finding {
  if (url === undefined || !answer) {
    return notChecked('service', 'The service is not checked: its address is not known (--service, or pair first).');
  }
  const { fault, issuer } = answer;
  if (!fault || isRefusal(fault)) return ok('service', `The service answers at ${url}.`);
  const status = tunnelStatus(fault);
  if (status !== undefined && route?.kind === 'proxy') {
    return stop(
      'service',
      `The proxy ${route.address} (${route.variable}) does not let the agent through to the service (HTTP ${status}).`,
      status === 407
        ? 'It wants a sign-in: put name and password into the variable as your helpdesk says, or have the service let through.'
        : `Ask your helpdesk to let ${new URL(url).host} through, or name it in NO_PROXY where it can be reached directly.`,
    );
  }
  if (fault.code === 'service-tls' && issuer !== undefined) {
    return stop(
      'service',
      `The certificate that answers for the service is issued by "${issuer}", which is not trusted on this workstation: probably something on the way reads the encrypted traffic.`,
      fault.todo,
    );
  }
  return stopFor('service', fault);
}

/** The status with which a proxy refused CONNECT, as undici words it. */
function tunnelStatus(fault: Fault): number | undefined {
  for (const cause of causesOf(fault)) {
    const found = cause instanceof Error ? /Proxy response \((\d{3})\)/.exec(cause.message) : undefined;
    if (found) return Number(found[1]);
  }
  return undefined;
}

/** @param answer What the service says, where it was asked by this workstation */
export function pairingCheck(pairing: Pairing | undefined, answer: Answer | undefined): Finding {
  const mend = 'Type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.';
  if (!pairing) return stop('pairing', 'This workstation is not paired with Keyvouch.', mend);
  if (answer?.state === 'removed' || answer?.fault?.code === 'workstation-not-paired') {
    return stop('pairing', 'The service no longer knows this workstation: it was removed in the chat.', mend);
  }
  if ((answer?.state ?? pairing.state) === 'pairing') {
    return stop(
      'pairing',
      'This workstation is not of use yet: its words wait to be confirmed in the chat.',
      'Run "keyvouch-agent status" to see the words, compare them with those in the chat, and confirm there.',
    );
  }
  const { name, person } = pairing;
  if (answer?.state === 'active') return ok('pairing', `Paired as "${name}" for ${person}.`);
  return notChecked('pairing', `Paired as "${name}" for ${person}; whether the service still knows it is not checked.`);
}
