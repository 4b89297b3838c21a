import { type Words } from '../en';
import { type sharedRefusals as english } from '../en/shared';

/** Was in Gruppenchats und Kanälen steht, und was eine Suche im Nachrichtenfeld findet. */
export const shared: Pick<Words, 'shared' | 'sharedQueue' | 'group' | 'search'> = {
  shared: {
    details: 'Einzelheiten zeigen',
    detailsHint: 'Einzelheiten und Knöpfe sind für den Helpdesk. „Einzelheiten zeigen“ zeigt sie nur Ihnen.',
    onlyYou: 'Das sehen nur Sie.',
    gone: 'Anfrage {ticket} wird hier nicht mehr gezeigt',
    goneText: 'Öffnen Sie sie in Ihrem eigenen Chat mit Keyvouch, wenn sie Sie etwas angeht.',
    chat: 'Chat mit Keyvouch öffnen',
    openIn: '{ticket} im Chat öffnen',
    updated: 'Gestellt {when}',
  },

  sharedQueue: {
    counts: 'Hängend oder überfällig: {overdue} · nicht zugewiesen: {unassigned}',
    hint: 'Stand {when}. Für den Helpdesk: „Anfragen zeigen“ zeigt sie nur Ihnen.',
    show: 'Anfragen zeigen',
  },

  group: {
    title: 'Über Anfragen spricht Keyvouch nur mit Ihnen allein',
    text: 'Hier können alle mitlesen. Schlüssel anfragen, zustimmen und Ihre Anfragen sehen: Das geht in Ihrem eigenen Chat mit Keyvouch.',
    helpdesk:
      'Für den Helpdesk: `@{app} ticket KV-…` zeigt allen hier eine Anfrage, `@{app} warteschlange` zeigt, was zu tun ist.',
    old: 'Ihr Teams kann das nicht Ihnen allein zeigen',
    oldText: 'Bitte öffnen Sie Ihren eigenen Chat mit Keyvouch, und schreiben Sie dort die Nummer.',
  },

  search: {
    none: 'Nichts gefunden. Versuchen Sie eine Nummer wie KV-7Q2M-9D, einen Namen oder ein Wort der Anfrage.',
    nonePeople: 'Niemand gefunden. Schreiben Sie den Anfang eines Namens oder einer Mailadresse.',
    helpdeskOnly: 'Nur der Helpdesk kann nach Personen suchen.',
    short: 'Schreiben Sie mindestens zwei Buchstaben eines Namens oder einer Mailadresse.',
    slow: 'Das dauert zu lange. Bitte geben Sie die Suche noch einmal ein.',
    failed: 'Die Suche hat gerade nicht geklappt. Bitte versuchen Sie es in ein paar Minuten noch einmal.',
    unknown: 'Diese Suche kennt Keyvouch nicht. Bitte aktualisieren Sie die App.',
    for: 'für {name}',
    personHint: 'Für den Helpdesk: Öffnen Sie den Chat, um mehr zu sehen.',
  },
};

/** Warum eine Anfrage in einem Gruppenchat oder Kanal nicht gezeigt wird. */
export const sharedRefusals = {
  'share-helpdesk-only': {
    say: 'Nur der Helpdesk kann allen in einer Unterhaltung eine Anfrage zeigen.',
    todo: 'Ihre eigenen Anfragen sehen Sie in Ihrem eigenen Chat mit Keyvouch.',
  },
  'shared-enough': {
    say: 'Diese Anfrage steht schon in {most} Unterhaltungen.',
    todo: 'Entfernen Sie sie erst aus einer davon.',
  },
  'place-gone': {
    say: 'Keyvouch kann nicht sehen, wer in dieser Unterhaltung ist, und zeigt deshalb keine Anfrage.',
    todo: 'Fügen Sie diesem Chat oder Team die App Keyvouch hinzu, und schreiben Sie noch einmal.',
  },
  'place-too-large': {
    say: 'In dieser Unterhaltung sind zu viele Leute, um eine Anfrage zu zeigen.',
    todo: 'Nehmen Sie einen Chat des Helpdesks.',
  },
  'place-has-guests': {
    say: 'In dieser Unterhaltung sind Gäste, deshalb wird keine Anfrage gezeigt.',
    todo: 'Nehmen Sie eine Unterhaltung, in der nur Mitglieder Ihrer Organisation sind.',
  },
  'place-not-helpdesk': {
    say: 'Nicht alle in dieser Unterhaltung sind vom Helpdesk, deshalb wird keine Anfrage gezeigt.',
    todo: 'Nehmen Sie einen Chat des Helpdesks. Oder die Administration erlaubt diese Unterhaltung in KEYVOUCH\\_HELPDESK\\_CHANNELS, mit dieser Kennung:',
  },
} satisfies Pick<Words['refusals'], keyof typeof english>;
