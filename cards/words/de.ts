import { commands } from './de/commands';
import { faults } from './de/faults';
import { notMe } from './de/not-me';
import { readiness } from './de/readiness';
import { refusals } from './de/refusals';
import { ticket } from './de/ticket';
import { type Words } from './en';

/** Was Keyvouch auf Deutsch sagt. Ein Wort in geschweiften Klammern ist ein Platz für einen Namen oder eine Zahl. */
export const de: Words = {
  lang: 'de',
  product: 'Keyvouch',
  sandbox: 'Übungsumgebung: Hier ist nichts echt.',
  ...ticket,
  ...notMe,

  buttons: {
    'open-ticket': 'Öffnen',
    approve: 'Zustimmen',
    deny: 'Ablehnen',
    'show-vouch-code': 'Code zeigen',
    cancel: 'Anfrage zurückziehen',
    'choose-workstation': 'An meinem Rechner',
    'choose-pass': 'Mit einem Pass',
    vouch: 'Code prüfen',
    'start-job': 'Am Rechner beginnen',
    'prepare-show': 'Pass vorbereiten',
    show: 'Pass zeigen',
    finish: 'Ich brauche ihn nicht mehr',
    'signed-in': 'Ich habe mich damit angemeldet',
    'take-over': 'Übernehmen',
    retry: 'Noch einmal versuchen',
    comment: 'Notiz speichern',
    'not-me': 'Anfrage anhalten',
    thaw: 'Ja, abschließen',
    refresh: 'Aktualisieren',
    home: 'Startseite',
    ask_lost: 'Schlüssel verloren',
    ask_spare: 'Weiterer Schlüssel',
    ask_pass: 'Vorläufiger Pass',
    ask: 'Sicherheitsschlüssel anfragen',
    'ask-other': 'Für jemand anderen anfragen',
    'check-ready': 'Erst prüfen',
    'send-request': 'Anfrage senden',
    'my-tickets': 'Meine Anfragen',
    waiting: 'Wartet auf mich',
    queue: 'Warteschlange',
    pair: 'Rechner verbinden',
    pair_desk: 'Helpdesk-Rechner verbinden',
    'confirm-workstation': 'Ja, das ist meiner',
    'refuse-workstation': 'Nein, ablehnen',
    workstations: 'Meine Rechner',
    'remove-workstation': 'Entfernen',
    more_: 'Etwas anderes …',
    deny_: 'Ablehnen …',
    cancel_: 'Zurückziehen …',
    comment_: 'Notiz …',
    not_me_: 'Das war ich nicht …',
    not_right_: 'Das stimmt nicht …',
    thaw_: 'Aufheben: eins von zwei …',
    thaw_second_: 'Aufheben: zwei von zwei …',
    remove_: 'Entfernen …',
    other_workstation: 'Lieber an meinem Rechner',
    other_pass: 'Lieber mit einem Pass',
    signed_in_other: 'Die Anmeldung hat geklappt',
    start_again: 'Noch einmal beginnen',
    show_again: 'Neuen Pass vorbereiten',
    hide: 'Verbergen',
    next_page: 'Nächste Seite',
    waiting_count: 'Wartet auf mich ({count})',
    security_info: 'Sicherheitsinfo öffnen',
    open_ticket: '{ticket} öffnen',
    refresh_now: 'Zeigen, wie es steht',
  },

  home: {
    title: 'Hallo {name}',
    intro: 'Von mir bekommen Sie einen Sicherheitsschlüssel für die Anmeldung. Jemand, der Sie kennt, bürgt für Sie.',
    waiting: 'Ihre Entscheidung ist gefragt: {count}',
    open: 'Ihre offenen Anfragen',
    more: 'und {count} weitere',
    hint: 'Sie können mir auch einfach schreiben: „Schlüssel“, „meine Anfragen“ oder eine Nummer wie KV-7Q2M-9D.',
  },

  request: {
    titles: {
      onboarding: 'Sicherheitsschlüssel bekommen',
      'lost-key': 'Schlüssel verloren',
      'locked-pin': 'Mein Schlüssel ist gesperrt',
      'spare-key': 'Weiteren Schlüssel bekommen',
      pass: 'Vorläufigen Pass bekommen',
      'return-key': 'Schlüssel zurücknehmen',
    },
    titleOther: 'Für jemand anderen anfragen',
    intros: {
      onboarding:
        'Schreiben Sie kurz, warum. Dann stimmt jemand zu, und Sie richten den Schlüssel hier Schritt für Schritt ein.',
      'lost-key':
        'Wir nehmen den verlorenen Schlüssel von Ihrem Konto, melden Sie überall ab und helfen Ihnen zu einem neuen. Jemand, der Sie kennt, stimmt zu.',
      'locked-pin': 'Jemand stimmt zu, dann wird der Schlüssel gelöscht und neu eingerichtet.',
      'spare-key':
        'Für einen sicheren Ort, falls einer verloren geht. Jemand stimmt zu, und Sie richten ihn hier Schritt für Schritt ein.',
      pass: 'Ein Passwort, das bald endet, für ein neues Telefon oder einen neuen Rechner. Jemand, der Sie kennt, stimmt zu.',
      'return-key': 'Die Schlüssel verlassen das Konto, und es wird überall abgemeldet.',
    },
    introOther: 'Für jemanden, der nicht allein anfragen kann. Jemand anders stimmt zu.',
    what: 'Worum geht es?',
    passkeys: 'Welcher Schlüssel?',
    passkeysHint: 'Mit ihm kann sich dann niemand mehr anmelden. Die anderen bleiben.',
    passkeysAll: 'Alle, oder ich weiß nicht, welcher',
    passkeysMissing: 'Bitte wählen Sie den Schlüssel.',
    passkeysNone: 'Dieses Konto hat keinen Sicherheitsschlüssel.',
    passkeysLater: 'Welcher Schlüssel es ist, fragen wir als Nächstes.',
    passkey: '{name} · {model}',
    passkeyAdded: '{key}, hinzugefügt am {when}',
    person: 'Für wen ist er?',
    personHint: 'Name oder Mailadresse',
    personMissing: 'Bitte sagen Sie, für wen er ist.',
    candidates: 'Das trifft auf mehrere zu. Wen meinen Sie?',
    choose: 'Bitte wählen',
    reason: 'Wofür wird er gebraucht?',
    reasonHints: {
      onboarding: 'Zum Beispiel: mein erster Schlüssel, ich bin seit Montag hier',
      'lost-key': 'Zum Beispiel: heute früh im Zug liegen gelassen',
      'locked-pin': 'Zum Beispiel: ich weiß die PIN nicht mehr',
      'spare-key': 'Zum Beispiel: einer für zu Hause',
      pass: 'Zum Beispiel: mein Telefon ist kaputt',
      'return-key': 'Zum Beispiel: geht am Freitag',
    },
    reasonMissing: 'Bitte schreiben Sie einen kurzen Grund. Wer zustimmt, liest ihn.',
    hander: 'Wer übergibt den Pass persönlich?',
    handerNobody: 'Niemand: die Person nutzt selbst Teams',
    desk: 'An einem Rechner des Helpdesks einrichten?',
    deskNo: 'Nein',
    ready: 'Eben geprüft',
  },

  readiness: {
    title: 'Ist alles bereit?',
    subject: 'Für {name}',
    ok: 'Alles, was wir geprüft haben, ist in Ordnung.',
    stop: 'Etwas steht im Weg. Das muss zuerst in Ordnung gebracht werden.',
    warn: 'Das geht. Bitte lesen Sie die Hinweise.',
    nothing: 'Gerade konnte nichts geprüft werden.',
    generic: {
      say: 'Etwas in den Einstellungen der Organisation steht im Weg ({code}).',
      todo: 'Zeigen Sie das dem Helpdesk.',
    },
    states: { ok: 'In Ordnung', stop: 'Im Weg', warn: 'Bitte beachten', 'not-checked': 'Nicht geprüft' },
    items: readiness,
  },

  approval: {
    summary: 'Eine Anfrage braucht Ihre Entscheidung',
    self: '{subject} bittet um {what}',
    behalf: '{requester} bittet um {what} für {subject}',
    title: 'Stelle',
    department: 'Abteilung',
    manager: 'Vorgesetzt',
    phone: 'Telefon im Verzeichnis',
    noPhone: 'keines im Verzeichnis',
    noCallBack: 'Keine Nummer ist bekannt, darum steht der Rückruf nicht zur Wahl.',
    usedAt: 'Gilt für diese Rechner: {names}.',
    usedNowhere: 'Noch ist kein Rechner verbunden. {subject} wird einen bestätigen.',
    happens: 'Wenn Sie zustimmen',
    happensVouch:
      'Sie bekommen einen Code mit 6 Ziffern und geben ihn persönlich, im Video oder am Telefon weiter. Nur damit kann {subject} einen Schlüssel einrichten oder einen Pass sehen.',
    happensOpen:
      'In Ihrer Organisation ist dafür kein Code nötig. {subject} kann einen Schlüssel einrichten oder einen Pass für die Anmeldung sehen.',
    removes: 'Vom Konto gehen innerhalb von zehn Minuten: {names}. Und es wird überall abgemeldet.',
    removed: 'Schon vom Konto genommen, weil {subject} es gemeldet hat: {names}.',
    happensReturn: 'Niemand bekommt einen Schlüssel oder einen Pass.',
    happensPass:
      'Sie bekommen einen Code aus 6 Ziffern und geben ihn {subject} persönlich, per Video oder am Telefon. Nur damit kann {subject} einen Pass zum Anmelden sehen.',
    valid: 'Ihre Zustimmung gilt nur für diese eine Anfrage.',
    risks: 'Bitte beachten',
    how: 'Woran haben Sie die Person erkannt?',
    howHint: 'Ein Chat oder eine Mail genügt nicht: Da kann jemand anderes schreiben.',
    why: 'Warum nicht? Wer angefragt hat, wird das lesen.',
    whyMissing: 'Bitte schreiben Sie einen kurzen Grund.',
    until: 'Offen bis {when}.',
    needed: '{needed} Personen müssen zustimmen. Bisher: {count}.',
    youApproved: 'Sie haben zugestimmt',
    youApprovedText: 'Erkannt: {how}. {when}.',
    giveCode:
      'Geben Sie {subject} jetzt den Code so, wie Sie die Person erkannt haben: persönlich, im Video oder per Rückruf.',
    codeUsed: '{subject} hat den Code eingegeben.',
    codeDead: 'Der Code wurde dreimal falsch eingegeben und gilt nicht mehr.',
    othersNeeded: 'Auch andere müssen zustimmen. Danach kommt der Code.',
    decidedByOthers: 'Andere haben entschieden. Sie müssen nichts tun.',
  },

  vouchCode: {
    title: 'Code für {subject}',
    intro:
      'Geben Sie {subject} diesen Code so, wie Sie die Person erkannt haben: persönlich, im Video oder per Rückruf.',
    never: 'Nicht per Chat oder Mail. Wer den Code und das Konto hat, bekommt einen Schlüssel.',
    until: 'Gültig bis {when}. Drei Versuche.',
    alt: 'Code mit 6 Ziffern',
  },

  pass: {
    title: 'Ihr Pass',
    titleOther: 'Pass für {subject}',
    until: 'Gültig bis {when}.',
    once: 'Er wird nur dieses eine Mal gezeigt. Schreiben Sie ihn nirgends auf, und schicken Sie ihn niemandem.',
    handOver: 'Zeigen Sie ihn {subject} persönlich. Verschicken Sie ihn nicht.',
    steps: [
      'Warten Sie 10 Sekunden. Ein neuer Pass braucht einen Moment.',
      'Öffnen Sie {site} in einem privaten Browserfenster.',
      'Geben Sie Ihren Benutzernamen ein, dann den Pass. Achten Sie auf Groß- und Kleinschreibung.',
      'Wählen Sie **Anmeldemethode hinzufügen**, dann **Sicherheitsschlüssel**, und folgen Sie den Schritten.',
    ],
    stepsAlone: [
      'Warten Sie 10 Sekunden. Ein neuer Pass braucht einen Moment.',
      'Melden Sie sich damit an, wo Sie ihn brauchen: Benutzername, dann der Pass. Achten Sie auf Groß- und Kleinschreibung.',
      'Wenn Sie ihn nicht mehr brauchen, sagen Sie es hier: dann endet er sofort.',
    ],
    left: 'Wenn etwas schiefgeht, können Sie noch {count}-mal einen neuen Pass sehen. Der alte endet dann.',
    leftOne: 'Wenn etwas schiefgeht, können Sie noch einmal einen neuen Pass sehen. Der alte endet dann.',
    leftNone: 'Das war das letzte Mal. Wenn es nicht klappt, rufen Sie bitte den Helpdesk an.',
  },

  pair: {
    title: 'Ihren Rechner verbinden',
    titleDesk: 'Einen Rechner des Helpdesks verbinden',
    intro: 'Starten Sie auf dem Rechner den Keyvouch-Agenten mit diesem Befehl:',
    code: 'Geben Sie dort dann diesen Code ein:',
    never: 'Geben Sie ihn selbst ein. Lesen Sie ihn niemandem vor, und verschicken Sie ihn nicht.',
    until: 'Gültig bis {when}, für einen Rechner.',
    after: 'Danach erscheint hier der Name des Rechners, und Sie bestätigen ihn.',
  },

  confirmWorkstation: {
    title: 'Ist das Ihr Rechner?',
    intro:
      '**{name}** möchte mit Ihnen verbunden werden. Vergleichen Sie diese Wörter mit denen auf dem Bildschirm dort:',
    ask: 'Sind es dieselben, in derselben Reihenfolge? Wenn nicht, oder wenn Sie das nicht begonnen haben, lehnen Sie ab.',
  },

  workstations: {
    title: 'Ihre Rechner',
    none: 'Noch ist kein Rechner verbunden. Mit einem können Sie einen Schlüssel ganz ohne Pass einrichten.',
    kinds: { own: 'Ihrer', desk: 'Helpdesk' },
    states: { pairing: 'wartet auf Ihre Bestätigung', active: 'verbunden', removed: 'entfernt' },
    seen: 'zuletzt gesehen {when}',
    never: 'noch nicht gesehen',
    several:
      'Mehrere Rechner warten auf Ihre Bestätigung. Entfernen Sie die, die Sie nicht kennen, und bestätigen Sie dann den einen, der bleibt.',
    which: 'Welchen?',
    removal: 'Er kann dann keine Schlüssel mehr einrichten. Sie können ihn später wieder verbinden.',
  },

  list: {
    mine: 'Meine Anfragen',
    waiting: 'Wartet auf meine Entscheidung',
    mineNone: 'Sie haben keine Anfragen.',
    waitingNone: 'Nichts wartet auf Sie.',
    for: 'für {name}',
    from: 'von {name}',
    hint: 'Wählen Sie eine Anfrage, oder schreiben Sie ihre Nummer.',
    more: 'Gezeigt sind die neuesten {count}. Für eine ältere schreiben Sie ihre Nummer.',
  },

  queue: {
    title: 'Warteschlange',
    none: 'Die Warteschlange ist leer.',
    overdue: '{count} überfällig',
    noneOverdue: 'nichts überfällig',
    waitsOn: 'wartet auf {who}',
    since: 'seit {when}',
    late: 'überfällig',
    who: { approver: 'Zustimmung', recipient: '{name}', workstation: 'Rechner', service: 'Keyvouch' },
    stuck: 'hängt: {step}',
  },

  helpdesk: {
    asked: 'Gefragt',
    approved: 'zugestimmt',
    notReached: 'nicht erreicht',
    open: 'nicht entschieden',
    workstation: 'Rechner',
    comments: 'Notizen',
    history: 'Verlauf',
    comment: 'Notiz',
    commentHint: 'Nur der Helpdesk sieht sie.',
    commentMissing: 'Bitte schreiben Sie etwas.',
    cancelAsk: 'Die Anfrage endet. Was begonnen hat, wird sicher aufgeräumt.',
    told: 'Per Mail benachrichtigt',
    toldVia: { 'other-address': '{name}, an einer anderen Adresse', manager: '{name}' },
    toldFailed: 'nicht gesendet',
    thawAsk:
      'Haben Sie mit der Person gesprochen: persönlich, per Video oder durch Rückruf? Dann sagen Sie es hier. Eine zweite Person vom Helpdesk muss es bestätigen.',
    thawSecond:
      'Vergewissern Sie sich auch selbst. Dann wird diese Anfrage abgeschlossen, eine gesperrte Anmeldung geht wieder, und eine neue Anfrage ist möglich.',
  },

  sent: {
    title: 'Anfrage gesendet',
    text: 'Die Karte darunter hält Sie auf dem Laufenden: wer entscheidet, wann, und wie es weitergeht.',
  },

  stale: {
    title: 'Inzwischen ist es weitergegangen',
    text: 'Ihr Klick kam nach einer Änderung und hat nichts bewirkt. So steht es jetzt:',
  },

  error: {
    title: 'Das hat nicht geklappt',
    generic: 'Bei uns ist etwas schiefgegangen.',
    genericTodo:
      'Bitte versuchen Sie es in ein paar Minuten noch einmal. Bleibt es so, nennen Sie dem Helpdesk den Code unten.',
    code: 'Code für den Helpdesk: {code}',
  },

  refusal: {
    title: 'Das geht nicht',
    generic: 'Das ist gerade nicht möglich.',
    genericTodo: 'Öffnen Sie die Anfrage, um zu sehen, wie es steht, oder fragen Sie den Helpdesk.',
  },

  refusals,
  faults,
  commands,
};
