import { type Words } from '../en';

/** Die erste Karte und das Formular einer Anfrage. */
export const asking: Pick<Words, 'home' | 'request' | 'sent'> = {
  home: {
    unclear: 'Das habe ich nicht verstanden. Es ist nichts geschehen.',
    unclearTodo:
      'Schlüssel verloren oder gestohlen? Drücken Sie „Schlüssel verloren“. PIN gesperrt oder vergessen? Drücken Sie „Etwas anderes …“. Bei allem anderen rufen Sie den Helpdesk an.',
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
      pass: 'Befristeten Zugriffspass bekommen',
      'return-key': 'Schlüssel zurücknehmen',
    },
    titleOther: 'Für jemand anderen anfragen',
    intros: {
      onboarding:
        'Schreiben Sie kurz, warum. Dann stimmt jemand zu, und Sie richten den Schlüssel hier Schritt für Schritt ein.',
      'lost-key':
        'Wir nehmen den verlorenen Schlüssel von Ihrem Konto, melden Sie überall ab und helfen Ihnen, einen neuen zu bekommen. Jemand, der Sie kennt, stimmt zu.',
      'locked-pin':
        'Ihr Rechner sieht sich den Schlüssel zuerst an: Oft muss er nicht gelöscht werden. Wenn doch, stimmt jemand zu, und Sie richten ihn neu ein.',
      'spare-key':
        'Für einen sicheren Ort, falls einer verloren geht. Jemand stimmt zu, und Sie richten ihn hier Schritt für Schritt ein.',
      pass: 'Ein Passwort, das nur kurz gilt, für ein neues Telefon oder einen neuen Rechner. Jemand, der Sie kennt, stimmt zu.',
      'return-key': 'Die Schlüssel werden vom Konto genommen, und es wird überall abgemeldet.',
    },
    introOther: 'Für jemanden, der nicht selbst anfragen kann. Jemand anderes stimmt zu.',
    what: 'Worum geht es?',
    passkeys: 'Welcher Schlüssel?',
    passkeysHint: 'Mit ihm kann sich dann niemand mehr anmelden. Die anderen bleiben.',
    passkeysAll: 'Alle, oder ich weiß nicht, welcher',
    passkeysMissing: 'Bitte wählen Sie den Schlüssel.',
    passkeysNone: 'Dieses Konto hat keinen Sicherheitsschlüssel.',
    passkeysLater: 'Welcher Schlüssel es ist, fragen wir als Nächstes.',
    passkey: '{name} · {model}',
    passkeyAdded: '{key}, hinzugefügt am {when}',
    person: 'Für wen?',
    personHint: 'Name oder Mailadresse',
    personMissing: 'Bitte geben Sie an, für wen.',
    candidates: 'Das trifft auf mehrere zu. Wen meinen Sie?',
    choose: 'Bitte wählen',
    reason: 'Was ist der Grund?',
    reasonHints: {
      onboarding: 'Zum Beispiel: mein erster Schlüssel, ich bin seit Montag hier',
      'lost-key': 'Zum Beispiel: heute früh im Zug liegen gelassen',
      'locked-pin': 'Zum Beispiel: ich weiß die PIN nicht mehr',
      'spare-key': 'Zum Beispiel: einer für zu Hause',
      pass: 'Zum Beispiel: mein Telefon ist kaputt',
      'return-key': 'Zum Beispiel: verlässt uns am Freitag',
    },
    reasonMissing: 'Bitte schreiben Sie einen kurzen Grund. Wer zustimmt, liest ihn.',
    hander: 'Wer übergibt den Pass persönlich?',
    handerNobody: 'Niemand (nutzt selbst Teams)',
    desk: 'An einem Rechner des Helpdesks einrichten?',
    deskNo: 'Nein',
    ready: 'Eben geprüft',
  },

  sent: {
    title: 'Anfrage gesendet',
    text: 'Die Karte darunter hält Sie auf dem Laufenden: wer entscheidet, wann, und wie es weitergeht.',
  },
};
