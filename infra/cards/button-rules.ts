import { type HomeVerb, type TicketVerb, type Verb } from '../../bot/tickets/verbs';
import { type Part, partsOf } from './parts';

const TICKET_VERBS: Record<TicketVerb, true> = {
  'open-ticket': true,
  approve: true,
  deny: true,
  'deny-block': true,
  'lift-block': true,
  'show-vouch-code': true,
  cancel: true,
  'choose-workstation': true,
  'choose-pass': true,
  vouch: true,
  'start-job': true,
  diagnose: true,
  forgotten: true,
  'pick-passkey': true,
  'not-needed': true,
  'prepare-show': true,
  show: true,
  finish: true,
  'signed-in': true,
  'take-over': true,
  retry: true,
  comment: true,
  'outer-number': true,
  assign: true,
  'assign-me': true,
  unassign: true,
  nudge: true,
  resend: true,
  'not-me': true,
  thaw: true,
  share: true,
  unshare: true,
  refresh: true,
};

const HOME_VERBS: Record<HomeVerb, true> = {
  home: true,
  away: true,
  'send-away': true,
  'end-away': true,
  ask: true,
  'ask-other': true,
  'check-ready': true,
  'send-request': true,
  'my-tickets': true,
  waiting: true,
  queue: true,
  history: true,
  deliveries: true,
  who: true,
  export: true,
  pair: true,
  'confirm-workstation': true,
  'refuse-workstation': true,
  workstations: true,
  'remove-workstation': true,
};

const VERBS: Record<Verb, true> = { ...TICKET_VERBS, ...HOME_VERBS };

/** More buttons than this do not fit a phone. */
export const BUTTONS_AT_MOST = 6;

function typed(value: unknown, type: string): Part[] {
  return partsOf(value).flatMap(({ part }) => (part['type'] === type ? [part] : []));
}

function executeBreaches(action: Part): string[] {
  const verb = String(action['verb']);
  const data = action['data'] as Part | undefined;
  const fallback = action['fallback'] as Part | undefined;
  const breaches: string[] = [];
  if (!Object.hasOwn(VERBS, verb)) breaches.push(`no such verb: ${verb}`);
  if (data?.['verb'] !== verb) breaches.push(`${verb}: its data names another verb`);
  if (Object.hasOwn(TICKET_VERBS, verb) && !(data?.['ticket'] && data['nonce']))
    breaches.push(`${verb}: no ticket or no nonce`);
  if (action['associatedInputs'] === undefined) breaches.push(`${verb}: associatedInputs is not said`);
  if (verb === 'show') return fallback ? [...breaches, 'show: has a fallback'] : breaches;
  if (fallback?.['type'] !== 'Action.Submit') return [...breaches, `${verb}: no Action.Submit as fallback`];
  const same = (['data', 'title', 'associatedInputs'] as const).every(
    (key) => JSON.stringify(fallback[key]) === JSON.stringify(action[key]),
  );
  return same ? breaches : [...breaches, `${verb}: its fallback says something else`];
}

function isDestructive(action: Part): boolean {
  return action['style'] === 'destructive' || JSON.stringify(action['card'] ?? '').includes('"destructive"');
}

/** What is wrong with the buttons of a card. */
export function buttonBreaches(card: Part): string[] {
  const sets = typed(card['body'], 'ActionSet').map((set) => set['actions'] as readonly Part[]);
  const actions = [...sets.flat(), ...((card['actions'] ?? []) as readonly Part[])];
  const first = actions.findIndex(isDestructive);
  const after = first < 0 ? [] : actions.slice(first).filter((action) => !isDestructive(action));
  const next = actions.filter(({ style }) => style === 'positive');
  return [
    ...(actions.length > BUTTONS_AT_MOST ? [`${actions.length} buttons are more than ${BUTTONS_AT_MOST}`] : []),
    ...after.map(({ title }) => `a button that destroys comes before "${String(title)}"`),
    ...(next.length > 1 ? ['two buttons want to be the next one'] : []),
    ...typed(card, 'Action.Execute').flatMap(executeBreaches),
  ];
}
