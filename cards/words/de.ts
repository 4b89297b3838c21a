import { buttons } from './de/buttons';
import { absence, approvalRefusals } from './de/absence';
import { asking } from './de/asking';
import { approving } from './de/approving';
import { pairing } from './de/pairing';
import { desk } from './de/desk';
import { commands, hints } from './de/commands';
import { faults } from './de/faults';
import { helpdeskRefusals, helpdeskWords } from './de/helpdesk';
import { history } from './de/history';
import { locked, lockedRefusals } from './de/locked';
import { notMe } from './de/not-me';
import { outer, outerRefusals } from './de/outer';
import { readiness } from './de/readiness';
import { refusals } from './de/refusals';
import { shared, sharedRefusals } from './de/shared';
import { stepUpRefusals, stepUpWords } from './de/step-up';
import { ticket } from './de/ticket';
import { type Words } from './en';

/** Was Keyvouch auf Deutsch sagt. Ein Wort in geschweiften Klammern ist ein Platz für einen Namen oder eine Zahl. */
export const de: Words = {
  lang: 'de',
  product: 'Keyvouch',
  sandbox: 'Übungsumgebung: Hier ist nichts echt.',
  ...asking,
  ...approving,
  ...pairing,
  ...desk,
  ...ticket,
  ...notMe,
  ...absence,
  ...outer,
  ...locked,
  ...helpdeskWords,
  history,
  ...shared,
  ...stepUpWords,

  readiness: {
    title: 'Ist alles bereit?',
    subject: 'Für {name}',
    ok: 'Alles, was wir geprüft haben, ist in Ordnung.',
    stop: 'Etwas steht im Weg. Das muss zuerst in Ordnung gebracht werden.',
    warn: 'Das geht. Bitte lesen Sie die Hinweise.',
    nothing: 'Gerade konnte nichts geprüft werden.',
    generic: {
      say: 'Eine weitere Prüfung ({code}).',
      todo: 'Zeigen Sie das dem Helpdesk.',
    },
    states: { ok: 'In Ordnung', stop: 'Im Weg', warn: 'Bitte beachten', 'not-checked': 'Nicht geprüft' },
    items: readiness,
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
      'Wenn Sie ihn nicht mehr brauchen, sagen Sie es hier: Dann endet er sofort.',
    ],
    left: 'Wenn etwas schiefgeht, können Sie noch {count}-mal einen neuen Pass sehen. Der alte endet dann.',
    leftOne: 'Wenn etwas schiefgeht, können Sie noch einmal einen neuen Pass sehen. Der alte endet dann.',
    leftNone: 'Das war das letzte Mal. Wenn es nicht klappt, rufen Sie bitte den Helpdesk an.',
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

  buttons,
  refusals: {
    ...refusals,
    ...lockedRefusals,
    ...helpdeskRefusals,
    ...sharedRefusals,
    ...outerRefusals,
    ...stepUpRefusals,
    ...approvalRefusals,
  },
  faults,
  commands,
  hints,
};
