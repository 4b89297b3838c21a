import { type Words } from '../en';
import { type stepUpRefusals as english } from '../en/step-up';

/** Mit dem eigenen Sicherheitsschlüssel zustimmen. */
export const stepUpWords: Pick<Words, 'stepUp'> = {
  stepUp: {
    ask: 'Sie stimmen mit Ihrem eigenen Sicherheitsschlüssel zu: Nach „Zustimmen“ erscheint hier eine Zahl. Tippen Sie sie an Ihrem Rechner ein und berühren Sie Ihren Schlüssel.',
    which: 'An welchem Ihrer Rechner?',
    offered: 'Bestätigen Sie jetzt mit Ihrem Sicherheitsschlüssel',
    number:
      'Starten Sie an {workstation} den Keyvouch-Agenten, stecken Sie Ihren Schlüssel ein und tippen Sie dort diese Zahl ein:',
    numberTip: 'Ein Versuch, bis {when}. Der Agent zeigt, was Sie unterschreiben; dann fragt er nach der PIN.',
    notYet: 'Die Zustimmung gilt erst, wenn Sie Ihren Schlüssel berührt haben.',
    started: 'Weiter an {workstation}',
    startedText: 'Tippen Sie dort die PIN Ihres Schlüssels ein und berühren Sie ihn.',
    failed: 'Ihr Schlüssel hat es nicht bestätigt. Sie haben noch nicht zugestimmt.',
    failedText: 'An Ihrem Rechner ging etwas schief. Drücken Sie „Zustimmen“, um es noch einmal zu versuchen.',
    signed: 'Mit Ihrem eigenen Sicherheitsschlüssel bestätigt.',
  },
};

/** Warum eine Zustimmung mit dem Schlüssel nicht zustande kam. */
export const stepUpRefusals: Record<keyof typeof english, { say: string; todo: string }> = {
  'step-up-needed': {
    say: 'Hier muss mit dem eigenen Sicherheitsschlüssel zugestimmt werden.',
    todo: 'Öffnen Sie die Anfrage und drücken Sie noch einmal „Zustimmen“.',
  },
  'step-up-no-key': {
    say: 'Hier muss mit einem Sicherheitsschlüssel zugestimmt werden, den Sie über Keyvouch bekommen haben, und Sie haben keinen.',
    todo: 'Beantragen Sie zuerst einen Sicherheitsschlüssel bei Keyvouch, oder lassen Sie jemand anderen entscheiden.',
  },
  'step-up-no-workstation': {
    say: 'Zum Zustimmen brauchen Sie Ihren Rechner, und noch ist keiner mit Keyvouch verbunden.',
    todo: 'Schreiben Sie hier „verbinden“ und verbinden Sie Ihren Rechner. Drücken Sie dann noch einmal „Zustimmen“.',
  },
  'step-up-choose-workstation': {
    say: 'Sie haben mehrere Rechner.',
    todo: 'Wählen Sie auf der Karte einen aus und drücken Sie noch einmal „Zustimmen“.',
  },
  'step-up-other-workstation': {
    say: 'Wer zuerst zugestimmt hat, hat einen anderen Rechner von {name} genannt, den es nicht mehr gibt.',
    todo: 'Lehnen Sie mit diesem Grund ab und bitten Sie um eine neue Anfrage; sie nennt dann den richtigen.',
  },
  'step-up-runs': {
    say: 'Sie bestätigen schon an {workstation}.',
    todo: 'Beenden Sie es dort. Geht das nicht, warten Sie zehn Minuten und drücken Sie noch einmal „Zustimmen“.',
  },
  'step-up-changed': {
    say: 'Während Sie unterschrieben haben, hat sich an dieser Anfrage etwas geändert. Die Unterschrift wurde nicht verwendet.',
    todo: 'Lesen Sie die Anfrage noch einmal und drücken Sie wieder „Zustimmen“.',
  },
  'number-missing': {
    say: 'Die Zahl von dieser Karte wurde am Rechner nicht eingetippt.',
    todo: 'Drücken Sie noch einmal „Zustimmen“ und tippen Sie dort die neue Zahl ein.',
  },
  'job-not-approved': {
    say: 'Der Rechner hat angehalten: Was für ihn kam, ist nicht das, wofür unterschrieben wurde.',
    todo: 'Machen Sie nicht weiter. Bitte sagen Sie dem Sicherheitsteam Bescheid.',
  },
  'approval-other-key': {
    say: 'Der Schlüssel an Ihrem Rechner ist nicht der, den Sie über Keyvouch bekommen haben.',
    todo: 'Stecken Sie den richtigen Schlüssel ein und drücken Sie noch einmal „Zustimmen“.',
  },
  'approval-key-unknown': {
    say: 'Dieser Schlüssel ist nicht mehr in Ihrem Konto, oder er kam nie über Keyvouch.',
    todo: 'Nehmen Sie den Schlüssel, den Sie über Keyvouch bekommen haben, oder lassen Sie jemand anderen entscheiden.',
  },
  'approval-not-signed': {
    say: 'Was Ihr Rechner geschickt hat, trägt nicht Ihre Unterschrift. Die Zustimmung gilt nicht.',
    todo: 'Sagen Sie dem Sicherheitsteam Bescheid, und versuchen Sie es nicht noch einmal, bevor dort jemand nachgesehen hat.',
  },
  'approval-key-copied': {
    say: 'Ihr Schlüssel hat geantwortet, als gäbe es einen zweiten gleichen. Die Zustimmung gilt nicht.',
    todo: 'Benutzen Sie diesen Schlüssel nicht mehr, und sagen Sie dem Sicherheitsteam Bescheid.',
  },
  'approver-key-refused': {
    say: 'Der Rechner hat angehalten: Zugestimmt wurde mit einem Schlüssel, den er nicht kennt.',
    todo: 'Fragen Sie am Telefon oder persönlich, ob es ein neuer Schlüssel ist. Wenn ja, starten Sie noch einmal und sagen Sie ja.',
  },
};
