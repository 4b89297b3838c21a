import { type KeyState, type Mail, type WorkstationState } from '../ports';
import { type PageGroup, type PageMessage, type PagePerson, type Piece, type Setup } from '../wire';

/** What the page knows: the last piece of each kind that the server sent. */
export interface Store {
  setup: Setup | undefined;
  people: readonly PagePerson[];
  groups: readonly PageGroup[];
  key: KeyState | undefined;
  workstation: WorkstationState | undefined;
  mails: readonly Mail[] | undefined;
  /** @param group a conversation of several; else the person's own with the bot */
  chat(person: string, group?: string): readonly PageMessage[];
  /** The conversations of several that a person is in. */
  groupsOf(person: string): readonly PageGroup[];
  unread(person: string): number;
  person(id: string): PagePerson | undefined;
  take(piece: Piece): void;
  on<Kind extends Piece['kind']>(kind: Kind, listener: (piece: Extract<Piece, { kind: Kind }>) => void): void;
}

export function createStore(): Store {
  const chats = new Map<string, readonly PageMessage[]>();
  const listeners: { kind: string; listener: (piece: Piece) => void }[] = [];

  const keep = (piece: Piece): void => {
    if (piece.kind === 'setup') store.setup = piece.setup;
    else if (piece.kind === 'people') store.people = piece.people;
    else if (piece.kind === 'groups') store.groups = piece.groups;
    else if (piece.kind === 'chat') chats.set(piece.person, piece.messages);
    else if (piece.kind === 'group-chat') chats.set(`${piece.person} ${piece.group}`, piece.messages);
    else if (piece.kind === 'key') store.key = piece.key;
    else if (piece.kind === 'workstation') store.workstation = piece.workstation;
    else if (piece.kind === 'mails') store.mails = piece.mails;
  };

  const store: Store = {
    setup: undefined,
    people: [],
    groups: [],
    key: undefined,
    workstation: undefined,
    mails: undefined,
    chat: (person, group) => chats.get(group === undefined ? person : `${person} ${group}`) ?? [],
    groupsOf: (person) => store.groups.filter(({ members }) => members.includes(person)),
    unread: (person) => (chats.get(person) ?? []).filter(({ unread }) => unread).length,
    person: (id) => store.people.find((person) => person.id === id),
    take: (piece) => {
      keep(piece);
      for (const { kind, listener } of listeners) if (kind === piece.kind) listener(piece);
    },
    on: (kind, listener) => {
      listeners.push({ kind, listener: (piece) => listener(piece as Parameters<typeof listener>[0]) });
    },
  };
  return store;
}
