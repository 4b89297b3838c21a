import { type Words } from '../en';

/** Eine Anfrage und ihre Schritte. */
export const ticket: Pick<
  Words,
  | 'flows'
  | 'statuses'
  | 'wants'
  | 'quote'
  | 'marks'
  | 'steps'
  | 'recognitions'
  | 'recognised'
  | 'risks'
  | 'parked'
  | 'unreached'
  | 'progress'
> = {
  flows: {
    onboarding: 'Erster Schlüssel',
    'lost-key': 'Verlorener Schlüssel',
    'locked-pin': 'Gesperrter Schlüssel',
    'spare-key': 'Ersatzschlüssel',
    pass: 'Befristeter Zugriffspass',
    'return-key': 'Zurückgegebener Schlüssel',
  },

  statuses: {
    waiting: 'Wartet',
    approved: 'In Arbeit',
    done: 'Fertig',
    denied: 'Abgelehnt',
    cancelled: 'Zurückgezogen',
    expired: 'Abgelaufen',
    frozen: 'Angehalten',
  },

  wants: {
    onboarding: 'einen Sicherheitsschlüssel',
    'lost-key': 'Ersatz für einen verlorenen Schlüssel',
    'locked-pin': 'Hilfe mit einem gesperrten Schlüssel',
    'spare-key': 'einen Ersatzschlüssel',
    pass: 'einen befristeten Zugriffspass',
    'return-key': 'die Rücknahme eines Schlüssels',
  },

  quote: '„{text}“',

  marks: { done: 'fertig', now: 'jetzt', next: 'als Nächstes', later: 'später', parked: 'hängt' },

  steps: {
    diagnose: {
      done: 'Schlüssel angesehen',
      now: 'Schlüssel am Rechner ansehen',
      later: 'Schlüssel am Rechner ansehen',
    },
    reset: {
      done: 'Schlüssel gelöscht',
      now: 'Schlüssel am Rechner löschen',
      later: 'Schlüssel am Rechner löschen',
    },
    approve: { done: 'Zugestimmt', now: 'Jemand stimmt zu', later: 'Jemand stimmt zu' },
    choose: { done: 'Weg gewählt', now: 'Weg wählen', later: 'Weg wählen' },
    vouch: { done: 'Code eingegeben', now: 'Code eingeben', later: 'Code eingeben' },
    register: {
      done: 'Schlüssel eingerichtet',
      now: 'Schlüssel am Rechner einrichten',
      later: 'Schlüssel am Rechner einrichten',
    },
    confirm: {
      done: 'Microsoft Entra hat den Schlüssel',
      now: 'Prüfung bei Microsoft Entra',
      later: 'Prüfung bei Microsoft Entra',
    },
    show: { done: 'Pass gezeigt', now: 'Pass ansehen', later: 'Pass ansehen' },
    appear: {
      done: 'Schlüssel mit dem Pass hinzugefügt',
      now: 'Schlüssel mit dem Pass hinzufügen',
      later: 'Schlüssel mit dem Pass hinzufügen',
    },
    remove: { done: 'Alter Schlüssel entfernt', now: 'Alten Schlüssel entfernen', later: 'Alten Schlüssel entfernen' },
    revoke: { done: 'Überall abgemeldet', now: 'Überall abmelden', later: 'Überall abmelden' },
    tidy: { done: 'Pass beendet', now: 'Der Pass endet', used: 'Pass in Gebrauch', later: 'Der Pass endet' },
  },

  recognitions: {
    'in-person': 'Wir haben uns persönlich getroffen',
    video: 'Im Video gesehen und gehört',
    'called-back': 'Unter der Nummer oben zurückgerufen',
  },
  recognised: { 'in-person': 'persönlich', video: 'im Video', 'called-back': 'per Rückruf' },

  risks: {
    'pass-live': 'Für dieses Konto gibt es schon einen Pass. Ein neuer beendet den alten.',
    'no-employee-id':
      'Im Verzeichnis steht für dieses Konto keine Personalnummer. Weitere Konten derselben Person sind so schwerer zu erkennen.',
    'has-passkeys': 'Schlüssel, die dieses Konto schon hat: {count}.',
    'account-new': 'Dieses Konto wurde erst kürzlich angelegt.',
    'manager-changed': 'Die Führungskraft dieses Kontos hat kürzlich gewechselt, darum müssen zwei Personen zustimmen.',
    'manager-not-checked':
      'Nicht geprüft: ob die Führungskraft dieses Kontos vor Kurzem gewechselt hat. Das Protokoll des Verzeichnisses war nicht lesbar.',
    'on-behalf': 'Die Anfrage hat jemand anderes für diese Person gestellt.',
    'no-phone': 'Im Verzeichnis steht keine Nummer für einen Rückruf.',
    'step-up-keyless':
      'Zustimmen kann hier nur, wer einen Sicherheitsschlüssel über Keyvouch bekommen hat, und von den Gefragten hat noch niemand einen.',
    'vouch-off': 'Ihre Organisation verlangt hier keinen Code: Allein Ihre Zustimmung entscheidet.',
    'mail-nobody':
      'Außer der Person selbst konnte niemand per Mail benachrichtigt werden: Das Verzeichnis nennt keine Führungskraft und keine andere Adresse.',
    generic:
      'Etwas an diesem Konto ist ungewöhnlich. Fragen Sie im Zweifel erst den Helpdesk. Code für den Helpdesk: {code}.',
  },

  parked: {
    generic: 'Keyvouch konnte nicht von selbst weitermachen. Code für den Helpdesk: {code}.',
    told: 'Der Helpdesk sieht es in seiner Warteschlange.',
    taken: '{name} vom Helpdesk kümmert sich darum.',
  },

  unreached: 'In Teams nicht erreicht: {names}. Bitte sagen Sie selbst Bescheid, oder fragen Sie den Helpdesk.',

  progress: {
    subject: 'Für',
    requester: 'Angefragt von',
    hander: 'Übergabe durch',
    reason: 'Grund',
    opened: 'Angefragt am',
    approvedBy: 'zugestimmt von',
    steps: 'Schritte',
    you: 'Sie',

    waiting: {
      title: 'Wartet auf Zustimmung',
      text: 'Gefragt: {approvers}. Sobald entschieden ist, lesen Sie es hier.',
      several: 'Zustimmungen bisher: {count} von {needed}.',
      tip: 'Ein Anruf hilft: Die Person, die zustimmt, will Sie vorher sehen oder hören.',
      until: 'Entscheidet niemand, endet die Anfrage am {when}.',
    },
    choose: {
      title: 'Zugestimmt. Wie beginnen wir?',
      text: '**An einem Rechner** ist am sichersten: Der Schlüssel wird dort eingerichtet, ganz ohne Pass. **Mit einem Pass** geschieht es im Browser.',
      desk: 'Sie richten den Schlüssel an **{workstation}** ein.',
      which: 'An welchem Rechner?',
      unpaired: 'Noch ist kein Rechner mit Ihnen verbunden. Das Verbinden dauert zwei Minuten.',
    },
    vouch: {
      title: 'Code von {approver} eingeben',
      text: '{approver} hat für Sie einen Code mit 6 Ziffern und gibt ihn Ihnen persönlich, im Video oder am Telefon.',
      textOther:
        '{approver} hat für {subject} einen Code mit 6 Ziffern und gibt ihn persönlich, im Video oder am Telefon weiter. Geben Sie ihn hier gemeinsam ein.',
      tip: 'Nicht im Chat: Bitte fragen Sie dort nicht danach.',
      label: 'Code mit 6 Ziffern',
      invalid: 'Der Code hat 6 Ziffern.',
      left: 'Das war nicht der Code. Versuche übrig: {count}.',
      dead: 'Der Code war dreimal falsch',
      deadText: 'Zum Schutz des Kontos gilt er nicht mehr. Der Helpdesk sieht es in seiner Warteschlange.',
      deadCancel: 'Sie können dort anrufen, oder die Anfrage zurückziehen und neu anfragen.',
      deadCall: 'Bitte rufen Sie dort an.',
      deadLost:
        'Ziehen Sie die Anfrage nicht zurück: Bis spätestens {when} ist der verlorene Schlüssel ohnehin vom Konto ({names}). Wegen des neuen rufen Sie den Helpdesk an.',
    },
    register: {
      title: 'Schlüssel einrichten',
      text: 'Nehmen Sie Ihren Sicherheitsschlüssel zur Hand. An **{workstation}** führt Sie der Keyvouch-Agent durch alles.',
      unpaired: 'Verbinden Sie zuerst Ihren Rechner. Kommen Sie dann zu dieser Karte zurück.',
      number: 'Starten Sie an {workstation} den Keyvouch-Agenten, und geben Sie dort diese Zahl ein:',
      numberTip: 'Sie haben einen Versuch, bis {when}. Läuft der Agent schon, fragt er binnen einer Minute.',
      offered: 'Gehen Sie zu {workstation}',
      started: 'Weiter an {workstation}',
      startedText: 'Die Schritte stehen dort auf dem Bildschirm. Hier müssen Sie nichts tun, bis es fertig ist.',
      made: 'Ihr Schlüssel ist eingerichtet',
      madeText: 'Wir melden ihn jetzt bei Microsoft Entra an. Bitte lassen Sie ihn stecken.',
      failed: 'Am Rechner hat es nicht geklappt',
      failedText: 'Der Agent dort konnte es nicht zu Ende bringen.',
      failedAgain: 'Sie können noch einmal beginnen.',
    },
    confirm: {
      title: 'Fast fertig',
      text: 'Microsoft Entra hat den Schlüssel angenommen. Wir prüfen, ob er wirklich da ist. Das kann eine Minute dauern.',
    },
    show: {
      title: 'Ihren Pass ansehen',
      text: 'Ein Pass ist ein Passwort, das nur kurz gilt. Damit fügen Sie Ihren Schlüssel im Browser hinzu. Nehmen Sie den Schlüssel zur Hand, und seien Sie allein am Bildschirm.',
      textOther:
        'Ein Pass ist ein Passwort, das nur kurz gilt. Damit fügt {subject} den Schlüssel im Browser hinzu. Stehen Sie zusammen, so dass nur Sie beide ihn sehen.',
      alone: {
        text: 'Ein Pass ist ein Passwort, das nur kurz gilt. Seien Sie allein am Bildschirm.',
        textOther:
          'Ein Pass ist ein Passwort, das nur kurz gilt. {subject} meldet sich damit an. Stehen Sie zusammen, so dass nur Sie beide ihn sehen.',
      },
      again: 'Bis {when} können Sie sich einen neuen Pass zeigen lassen. Der jetzige endet dann.',
      prepared: 'Bereit. Sie haben eine Minute, ihn sich zeigen zu lassen: bis {when}.',
      left: 'Sie können {count}-mal einen Pass sehen.',
      leftOne: 'Sie können noch einmal einen Pass sehen.',
    },
    appear: {
      title: 'Jetzt den Schlüssel hinzufügen',
      text: 'Öffnen Sie die Sicherheitsinfo im Browser, melden Sie sich mit dem Pass an und fügen Sie Ihren Sicherheitsschlüssel hinzu. Sobald er da ist, sagen wir es Ihnen hier.',
      textOther:
        '{subject} öffnet die Sicherheitsinfo im Browser, meldet sich mit dem Pass an und fügt den Sicherheitsschlüssel hinzu. Sobald er da ist, sagen wir es Ihnen hier.',
      until: 'Der Pass gilt bis {when}.',
      ended: 'Der Pass gilt nicht mehr. Wenn Ihr Schlüssel noch nicht da ist, lassen Sie einen neuen vorbereiten.',
      used: 'Der Pass gilt nicht mehr, und es kann kein weiterer gezeigt werden. Bitte rufen Sie den Helpdesk an.',
    },
    tidy: { title: 'Fast fertig', text: 'Ihr Schlüssel ist da. Wir löschen noch den Pass.' },
    removal: {
      title: 'Alte Schlüssel',
      named: '{name}: geht innerhalb von zehn Minuten nach der Zustimmung',
      by: '{name}: geht bis spätestens {when}',
      due: '{name}: wird gerade entfernt',
      removed: '{name}: entfernt',
      kept: '{name}: bleibt am Konto',
      waits: 'Bis dahin kann er noch benutzt werden. Ein Anruf bei der Person, die zustimmt, oder beim Helpdesk hilft.',
      contained: 'Sie haben es selbst gemeldet und können sich noch anmelden, deshalb geht er sofort.',
      revoked: 'Überall abgemeldet.',
      stays:
        'Der Schlüssel wurde nicht entfernt: Er kann noch benutzt werden. Wenn er verloren ist, rufen Sie jetzt den Helpdesk an.',
      desk: {
        waits: 'Bis dahin kann er noch benutzt werden. Ein Anruf bei der Person, die zustimmt, hilft.',
        stays:
          'Der Schlüssel wurde nicht entfernt: Er kann noch benutzt werden. Wenn er verloren ist, stellen Sie jetzt eine neue Anfrage für diese Person.',
      },
    },
    using: {
      title: 'Ihr Pass gilt',
      titleOther: 'Der Pass von {subject} gilt',
      text: 'Melden Sie sich damit an. Wenn Sie ihn nicht mehr brauchen, sagen Sie es hier: Dann endet er.',
    },
    elsewhere: { title: 'Zugestimmt', text: '{name} macht von hier an weiter. Sie müssen nichts tun.' },
    service: { title: 'In Arbeit', text: 'Keyvouch arbeitet daran. Sie müssen nichts tun.' },
    parked: { title: 'Es geht gerade nicht weiter' },
    done: {
      title: 'Ihr Schlüssel ist bereit',
      titleOther: '{subject} hat einen Schlüssel',
      titlePass: 'Fertig. Der Pass gilt nicht mehr',
      titleReturn: 'Die Schlüssel von {subject} sind vom Konto',
      model: 'Modell',
      name: 'Name',
      added: 'Hinzugefügt',
      how: 'Bei der nächsten Anmeldung: **Anmeldeoptionen** wählen, dann **Gesicht, Fingerabdruck, PIN oder Sicherheitsschlüssel**, den Schlüssel einstecken, seine PIN eingeben und ihn berühren.',
      spare: 'Ein zweiter Schlüssel an einem sicheren Ort erspart Ihnen das alles, wenn einer verloren geht.',
      first: 'Erste Anmeldung damit: {when}.',
    },
    denied: {
      title: 'Die Anfrage wurde abgelehnt',
      text: '{name} hat am {when} entschieden:',
      todo: 'Wenn Sie das für einen Irrtum halten, sprechen Sie mit {name} oder dem Helpdesk.',
    },
    cancelled: {
      title: 'Die Anfrage wurde zurückgezogen',
      text: 'Von {name}.',
      todo: 'Sie können jederzeit neu anfragen.',
      thawed: 'Sie war zur Sicherheit angehalten. Zwei Leute vom Helpdesk haben sie geprüft.',
    },
    expired: {
      title: 'Die Anfrage ist abgelaufen',
      waiting: 'Niemand hat rechtzeitig entschieden.',
      approved: 'Die Zustimmung wurde nicht rechtzeitig genutzt.',
      todo: 'Fragen Sie neu an. Am besten rufen Sie vorher die Person an, die zustimmt.',
    },
    frozen: {
      title: 'Zur Sicherheit angehalten',
      text: 'Jemand hat gemeldet, dass diese Anfrage nicht stimmt. Pässe und Schlüssel aus dieser Anfrage werden zurückgenommen.',
      todo: 'Der Helpdesk meldet sich. Bitte versuchen Sie es vorher nicht noch einmal.',
      by: '{name} hat am {when} gesagt, dass diese Anfrage nicht stimmt.',
      passGone: 'Kein Pass aus dieser Anfrage gilt noch.',
      passGoes: 'Der Pass wird gelöscht.',
      keysGone: 'Vom Konto genommene Schlüssel: {count}.',
      keysNone: 'Mit dieser Anfrage kam kein Schlüssel.',
      keysGo: 'Schlüssel aus dieser Anfrage werden gesucht.',
      sessionsGone: 'Überall abgemeldet.',
      sessionsGo: 'Wird überall abgemeldet.',
      blocked: 'Die Anmeldung am Konto ist gesperrt.',
      blocking: 'Die Anmeldung am Konto wird gesperrt.',
      thawSaid: '{name} vom Helpdesk hat es geprüft. Eine zweite Person muss es bestätigen.',
    },
    cancelAsk: 'Die Anfrage endet, und es geschieht nichts weiter.',
    cancelKeeps: 'Das bleibt dann am Konto und kann noch benutzt werden: {names}.',
  },
};
