import { type PersonRef } from '../bot/tickets/people';
import { type Moment, type Passkey } from '../bot/tickets/ticket';
import { type TicketView } from '../bot/tickets/view';
import { button } from './actions';
import { type AdaptiveCard, type CardElement } from './card';
import { card, facts, heading, quiet, subheading, text } from './elements';
import { fill } from './fill';
import { stamp } from './moments';
import { label, plain } from './plain';
import { type ReadinessItem, readinessLines } from './readiness';
import { entry } from './said';
import { standing, ticketRow } from './ticket-row';
import { type Words } from './words/en';

/** Somebody as the helpdesk sees them. */
export interface WhoModel {
  person: PersonRef;
  userPrincipalName: string;
  jobTitle?: string;
  department?: string;
  manager?: string;
  enabled: boolean;
  external: boolean;
  /** `kind`: a key of `words.who.methodKinds`. */
  methods: readonly { kind: string; name?: string; usable?: boolean; createdAt?: Moment }[];
  keys: readonly Passkey[];
  readiness: readonly ReadinessItem[];
  workstations: readonly { name: string; kind: 'own' | 'desk'; state: string; lastSeenAt?: Moment }[];
  open: readonly TicketView[];
  recent: readonly TicketView[];
}

/** So many of each keep the card within its size. */
const ROWS = 4;

/** A person's methods, keys, tickets, workstations, and what is in the way of a key. For the helpdesk. */
export function whoCard(model: WhoModel, words: Words): AdaptiveCard {
  const say = words.who;
  const { person, keys, methods, workstations, open, recent } = model;
  const others = methods.filter(({ kind }) => kind !== 'fido2');
  const troubles = model.readiness.filter(({ state }) => state !== 'ok').slice(0, 6);
  return card(
    words,
    say.title,
    [
      heading(plain(person.name, 60)),
      account(model, words),
      ...list(
        say.keys,
        say.keysNone,
        keys.map((key) => keyLine(key, words)),
      ),
      ...list(
        say.methods,
        say.methodsNone,
        others.map((method) => methodLine(method, words)),
      ),
      ...list(
        say.workstations,
        say.workstationsNone,
        workstations.map((one) => workstationLine(one, words)),
      ),
      subheading(say.open),
      ...(open.length > 0 ? rows(open, words) : [quiet(say.openNone)]),
      ...(recent.length > 0 ? [subheading(say.recent), ...rows(recent, words)] : []),
      subheading(say.ready),
      ...(troubles.length > 0 ? readinessLines(troubles, words) : [quiet(words.readiness.ok)]),
      quiet(say.recorded, { separator: true, spacing: 'medium' }),
    ],
    [
      button('ask-other', words.buttons.ask_for_them, { subject: person.id }),
      button('who', words.buttons.refresh, { subject: person.id }),
      button('queue', words.buttons.queue),
    ],
  );
}

function rows(views: readonly TicketView[], words: Words) {
  return views.slice(0, ROWS).map((view) => ticketRow(view, words, standing(view, words)));
}

function account(model: WhoModel, words: Words): CardElement {
  const say = words.who;
  const { userPrincipalName, jobTitle, department, manager, enabled, external } = model;
  const state = [enabled ? say.enabled : say.disabled, ...(external ? [say.external] : [])].join(', ');
  const job = [jobTitle, department].filter((one) => one !== undefined).map((one) => plain(one, 60));
  return facts([
    [say.account, `${plain(userPrincipalName, 80)} (${state})`],
    job.length > 0 ? [say.job, job.join(', ')] : undefined,
    manager ? [say.manager, plain(manager, 60)] : undefined,
  ]);
}

function list(title: string, none: string, lines: readonly string[]): CardElement[] {
  const shown = lines.slice(0, ROWS + 2).map((line) => text(line, { spacing: 'small' }));
  return [subheading(title), ...(shown.length > 0 ? shown : [quiet(none)])];
}

function keyLine({ name, model, createdAt }: Passkey, words: Words): string {
  const say = words.who;
  const key = model ? fill(say.key, { name: plain(name, 60), model: plain(model, 60) }) : plain(name, 60);
  return createdAt ? `${key} · ${fill(say.added, { when: stamp(createdAt) })}` : key;
}

function methodLine({ kind, name, usable, createdAt }: WhoModel['methods'][number], words: Words): string {
  const say = words.who;
  return [
    entry<string>(say.methodKinds, kind) ?? say.methodKinds.other,
    ...(name ? [plain(name, 60)] : []),
    ...(usable ? [`**${say.usable}**`] : []),
    ...(createdAt ? [fill(say.added, { when: stamp(createdAt) })] : []),
  ].join(' · ');
}

function workstationLine({ name, state, lastSeenAt }: WhoModel['workstations'][number], words: Words): string {
  const say = words.who;
  return [
    plain(name, 60),
    ...(state === 'pairing' ? [say.pairing] : []),
    ...(lastSeenAt ? [fill(say.seen, { when: stamp(lastSeenAt) })] : []),
  ].join(' · ');
}

/** Several fit, or nobody: whom do you mean? */
export function whoChoiceCard(
  { said, candidates }: { said: string; candidates: readonly PersonRef[] },
  words: Words,
): AdaptiveCard {
  const say = words.who;
  const name = plain(said, 60);
  const question =
    said.trim() === '' ? say.ask : candidates.length > 0 ? fill(say.several, { name }) : fill(say.none, { name });
  return card(
    words,
    say.title,
    [
      heading(say.title),
      text(question),
      candidates.length > 0 ? undefined : said.trim() === '' ? undefined : quiet(say.ask),
    ],
    [
      ...candidates.slice(0, 5).map((one) => button('who', label(one.name, 60), { subject: one.id })),
      button('home', words.buttons.home),
    ],
  );
}
