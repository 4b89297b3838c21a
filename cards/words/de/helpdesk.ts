import { type Words } from '../en';

type Part =
  'queueParts' | 'queueSaid' | 'queueNone' | 'queueMore' | 'assigning' | 'canDo' | 'deliveries' | 'who' | 'files';

/** Die Warteschlange und ihre Teile, wer sich kümmert, was geschah, wer erreicht wurde, wer jemand ist, und Dateien. */
export const helpdeskWords: Pick<Words, Part> = {
  queueParts: {
    all: 'Alle offenen',
    overdue: 'Hängend oder überfällig',
    mine: 'Meine',
    unassigned: 'Nicht zugewiesen',
    oldest: 'Älteste zuerst',
    'on-helpdesk': 'Wartet auf uns',
    'on-approver': 'Wartet auf Zustimmung',
    'on-recipient': 'Wartet auf die Person',
    'on-workstation': 'An einem Rechner',
    'on-service': 'Keyvouch arbeitet',
  },

  queueSaid: {
    all: ['alle', 'offen', 'alles'],
    overdue: ['überfällig', 'hängt', 'dringend', 'spät'],
    mine: ['meine', 'meine anfragen', 'mir zugewiesen', 'eigene'],
    unassigned: ['ohne zuständige', 'nicht zugewiesen', 'frei', 'neu', 'niemand'],
    oldest: ['älteste', 'älteste zuerst', 'nach alter'],
    'on-helpdesk': ['wartet auf uns', 'wartet auf helpdesk', 'helpdesk', 'uns'],
    'on-approver': ['wartet auf zustimmung', 'zustimmung', 'zustimmungen', 'zustimmende', 'genehmigung'],
    'on-recipient': ['wartet auf die person', 'wartet auf personen', 'person', 'personen', 'empfänger'],
    'on-workstation': ['an einem rechner', 'wartet auf rechner', 'rechner', 'arbeitsplatz'],
    'on-service': ['keyvouch arbeitet', 'dienst', 'keyvouch'],
  },

  queueNone: {
    all: 'Die Warteschlange ist leer. Niemand wartet auf etwas.',
    overdue: 'Nichts hängt, und nichts ist überfällig.',
    mine: 'Ihnen ist keine Anfrage zugewiesen.',
    unassigned: 'Jede offene Anfrage ist jemandem zugewiesen.',
    oldest: 'Die Warteschlange ist leer. Niemand wartet auf etwas.',
    'on-helpdesk': 'Nichts wartet auf den Helpdesk.',
    'on-approver': 'Nichts wartet auf eine Zustimmung.',
    'on-recipient': 'Nichts wartet auf die Personen selbst.',
    'on-workstation': 'Nichts wartet an einem Rechner.',
    'on-service': 'Keyvouch hat gerade nichts zu tun.',
  },

  queueMore: {
    which: 'Welche Liste?',
    counts: 'Hängend oder überfällig: {overdue} · nicht zugewiesen: {unassigned} · meine: {mine}',
    orMore: '{count} oder mehr',
    stuck: 'wartet auf uns',
    assigned: 'bei {name}',
    pageEmpty: 'Auf dieser Seite ist nichts. Vielleicht auf der nächsten.',
    unknownPart: 'Eine Liste „{said}“ gibt es nicht, daher sehen Sie die ganze Warteschlange.',
  },

  assigning: {
    title: 'Wer kümmert sich?',
    now: 'Zuständig',
    nobody: 'noch niemand',
    colleague: 'Kollegin oder Kollege',
    cards:
      'Sendet die Karte noch einmal, mit Ton, wenn jemand sie übersehen hat. Wer zustimmen soll, wird höchstens einmal in 15 Minuten erinnert.',
    whose: 'Wessen Karte?',
    everyone: 'Alle, die noch nicht entschieden haben',
  },

  canDo: {
    title: 'Was Sie tun können',
    retry:
      'Übernehmen Sie es, warten Sie einige Minuten und drücken Sie „Noch einmal versuchen“. Keyvouch versucht es auch selbst weiter. Geht es danach nicht weiter, zeigen Sie der Administration diesen Code: {code}.',
    notThem: {
      own: 'Wenn nicht: Lassen Sie die Person jetzt auf ihrer Karte „Das war ich nicht …“ drücken. Das hält alles an. Rufen Sie dann die IT-Sicherheit an.',
      told: 'Wenn nicht: Lassen Sie die Person jetzt auf ihrer Karte „Das war ich nicht …“ drücken, oder {name} „Das stimmt nicht …“. Das hält alles an. Rufen Sie dann die IT-Sicherheit an.',
      none: 'Wenn nicht: Ziehen Sie die Anfrage jetzt zurück und rufen Sie die IT-Sicherheit an.',
    },
    removalFirst: 'Ziehen Sie die Anfrage nicht vor {when} zurück: Bis dahin ist das von selbst vom Konto: {names}.',
    codes: {
      'erased-another-key':
        'Klären Sie mit der Person, welcher Schlüssel es war. „Noch einmal versuchen“ macht weiter, ohne etwas zu entfernen; ein nutzloser Schlüssel kann mit einer eigenen Anfrage entfernt werden.',
      'nobody-may-approve':
        'Klären Sie, wer entscheiden soll: Tragen Sie im Verzeichnis eine Führungskraft ein, oder nehmen Sie jemanden in die Gruppe der Zustimmenden auf. Ziehen Sie die Anfrage dann zurück und lassen Sie neu anfragen.',
      'code-dead':
        'Sprechen Sie mit der Person. Hat sie die falschen Codes selbst eingegeben, ziehen Sie die Anfrage zurück und lassen Sie neu anfragen.',
      'graph-denied':
        'Keyvouch fehlt ein Recht in Microsoft Entra, oder eine Rolle schützt dieses Konto. Zeigen Sie den Code der Administration. Drücken Sie danach „Noch einmal versuchen“.',
      'graph-unreachable':
        'Nichts ist verloren. Warten Sie einige Minuten und drücken Sie dann „Noch einmal versuchen“. Keyvouch versucht es auch selbst weiter.',
      'signature-bad':
        'Was im Speicher steht, hat nicht Keyvouch geschrieben. Drücken Sie nicht „Noch einmal versuchen“. Rufen Sie sofort die IT-Sicherheit an.',
      'storage-tampered':
        'Was im Speicher steht, hat nicht Keyvouch geschrieben. Drücken Sie nicht „Noch einmal versuchen“. Rufen Sie sofort die IT-Sicherheit an.',
      'approver-no-longer-allowed':
        'Lassen Sie neu anfragen: Dann wird gefragt, wer zustimmen darf. Ist diese Anfrage noch offen, ziehen Sie sie vorher zurück.',
      'subject-privileged':
        'Ein solches Konto darf Keyvouch nicht anfassen. Geben Sie es an die weiter, die sich um Administratoren kümmern, und ziehen Sie die Anfrage hier zurück, wenn sie noch offen ist.',
      'subject-disabled':
        'Klären Sie, warum das Konto abgeschaltet ist. Ist das richtig, ziehen Sie die Anfrage zurück. Wenn nicht, lassen Sie es einschalten und drücken Sie „Noch einmal versuchen“.',
      'pass-policy-off':
        'Lassen Sie die Administration in Microsoft Entra befristete Zugriffspässe für diese Person erlauben. Drücken Sie dann „Noch einmal versuchen“.',
    },
  },

  deliveries: {
    title: 'Wer wurde erreicht?',
    of: 'Karten von {ticket}',
    posted: 'hat die Karte, gesendet {when}',
    changed: 'hat die Karte, zuletzt geändert {when}',
    'not-reached': 'nicht erreicht. {why}',
    none: 'hat noch keine Karte',
    helpdesk: 'Karten beim Helpdesk: {count}.',
    slots: {
      approval: 'kann zustimmen',
      progress: 'hat angefragt oder ist betroffen',
      handover: 'übergibt den Pass',
      helpdesk: 'Helpdesk',
    },
    asOf: 'Stand {when}. „Gesendet“ heißt, Teams hat sie angenommen; ob sie gelesen wurde, weiß niemand.',
  },

  who: {
    title: 'Wer ist das?',
    several: 'Mehrere passen zu „{name}“. Wen meinen Sie?',
    none: 'Niemand passt zu „{name}“.',
    ask: 'Schreiben Sie „wer“ und einen Namen, eine Mailadresse oder einen Benutzernamen.',
    account: 'Konto',
    enabled: 'eingeschaltet',
    disabled: 'abgeschaltet',
    external: 'Gast, oder aus einer anderen Organisation',
    job: 'Stelle',
    manager: 'Führungskraft',
    keys: 'Sicherheitsschlüssel',
    keysNone: 'An diesem Konto ist kein Sicherheitsschlüssel.',
    key: '{name} ({model})',
    added: 'hinzugefügt {when}',
    methods: 'Andere Anmeldewege',
    methodsNone: 'Keine, von denen Keyvouch weiß.',
    methodKinds: {
      windowsHelloForBusiness: 'Windows Hello',
      platformCredential: 'Passkey des Geräts',
      temporaryAccessPass: 'Befristeter Zugriffspass',
      microsoftAuthenticator: 'Microsoft Authenticator (App)',
      phone: 'Telefon',
      password: 'Passwort',
      other: 'Ein anderer Weg',
    },
    usable: 'jetzt nutzbar',
    workstations: 'Rechner',
    workstationsNone: 'Kein Rechner ist verbunden.',
    seen: 'zuletzt gesehen {when}',
    pairing: 'wartet auf Bestätigung',
    open: 'Offene Anfragen',
    openNone: 'Keine Anfrage ist offen.',
    recent: 'Frühere Anfragen',
    ready: 'Ist alles bereit für einen Schlüssel?',
    recorded: 'Es wird aufgezeichnet, dass Sie nachgesehen haben.',
  },

  files: {
    title: 'Die Datei wird Ihnen angeboten',
    text: 'Sehen Sie unten nach, oder in Ihrem eigenen Chat mit Keyvouch: Dort sagen Sie, ob sie in Ihr OneDrive darf. Erst dann wird sie erstellt.',
    queueAbout: 'Die Warteschlange des Helpdesks, wie sie ist, wenn Sie zustimmen. Höchstens {count} Anfragen.',
    ticketAbout: 'Anfrage {ticket} mit ihrem Verlauf, wie sie ist, wenn Sie zustimmen.',
    truncated: 'Die Warteschlange ist länger: In der Datei stehen ihre ersten {count} Anfragen.',
  },
};

export const helpdeskRefusals = {
  'not-parked': { say: 'Hier geht es schon weiter.', todo: 'Öffnen Sie die Anfrage, um zu sehen, wie es steht.' },
  'already-taken': {
    say: 'Jemand anderes hat das schon übernommen.',
    todo: 'Öffnen Sie die Anfrage, um zu sehen, wer.',
  },
  'helpdesk-only': { say: 'Das kann nur der Helpdesk.', todo: 'Bitte rufen Sie den Helpdesk an.' },
  'comment-missing': { say: 'Die Notiz ist leer.', todo: 'Schreiben Sie etwas und senden Sie noch einmal.' },
  'comment-too-long': { say: 'Die Notiz ist zu lang.', todo: 'Bitte höchstens {most} Zeichen.' },
  'comments-full': {
    say: 'Für weitere Notizen ist kein Platz.',
    todo: 'Bitte halten Sie es in Ihrem Ticketsystem fest.',
  },
  'colleague-missing': {
    say: 'Niemand wurde gewählt.',
    todo: 'Wählen Sie jemanden aus der Liste und drücken Sie noch einmal „Zuweisen“.',
  },
  'colleague-not-helpdesk': {
    say: 'Diese Person gehört nicht zum Helpdesk.',
    todo: 'Wählen Sie jemanden vom Helpdesk, oder lassen Sie sie erst in dessen Gruppe aufnehmen.',
  },
  'remind-too-early': {
    say: 'Sie wurden erst vor Kurzem gefragt.',
    todo: 'Ab {when} können Sie erinnern lassen. Ein Anruf hilft oft.',
  },
  'reminded-already': {
    say: 'Sie wurden erst vor Kurzem erinnert.',
    todo: 'Ab {when} können Sie wieder erinnern lassen. Ein Anruf hilft oft.',
  },
  'nobody-to-remind': {
    say: 'Es gibt niemanden zu erinnern: Alle Gefragten haben entschieden, oder diese Person wurde nicht gefragt.',
    todo: 'Aktualisieren Sie die Karte, um den Stand zu sehen.',
  },
  'posted-already': {
    say: 'Die Karte von {name} wurde erst vor Kurzem gesendet.',
    todo: 'Ab {when} kann sie noch einmal gesendet werden.',
  },
  'card-of-nobody': {
    say: 'Diese Person hat keine Karte dieser Anfrage.',
    todo: 'Wählen Sie jemanden aus der Liste.',
  },
  'file-too-late': { say: 'Dieses Angebot einer Datei ist zu alt.', todo: 'Beginnen Sie den Export noch einmal.' },
  'file-not-taken': {
    say: 'Die Datei konnte nicht in Ihr OneDrive gelegt werden.',
    todo: 'Beginnen Sie den Export noch einmal. Geht es weiter nicht, fragen Sie die Administration, ob Apps dort Dateien ablegen dürfen.',
  },
  'file-place-odd': {
    say: 'Teams nannte einen Ort für die Datei, der kein OneDrive von Microsoft ist, daher wurde nichts dorthin gesendet.',
    todo: 'Bitte sagen Sie das der Administration.',
  },
};
