import { type Words } from '../en';

/** Listen von Anfragen, und was der Helpdesk liest. */
export const desk: Pick<Words, 'list' | 'queue' | 'helpdesk'> = {
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
    waitsOn: 'wartet auf {who}',
    since: 'gestellt {when}',
    late: 'überfällig',
    who: { approver: 'Zustimmung', recipient: '{name}', workstation: 'Rechner', service: 'Keyvouch' },
    stuck: 'hängt: {step}',
  },

  helpdesk: {
    asked: 'Gefragt',
    approved: 'zugestimmt',
    denied: 'abgelehnt',
    notReached: 'nicht erreicht',
    open: 'nicht entschieden',
    workstation: 'Rechner',
    comments: 'Notizen',
    history: 'Verlauf',
    comment: 'Notiz',
    commentHint: 'Nur der Helpdesk sieht sie.',
    commentMissing: 'Bitte schreiben Sie etwas.',
    cancelAsk: 'Die Anfrage endet. Was begonnen hat, wird sicher beendet.',
    told: 'Per Mail benachrichtigt',
    toldVia: { 'other-address': '{name}, an einer anderen Adresse', manager: '{name}' },
    toldFailed: 'nicht gesendet',
    thawAsk:
      'Haben Sie mit der Person gesprochen: persönlich, per Video oder durch Rückruf? Dann sagen Sie es hier. Eine zweite Person vom Helpdesk muss es bestätigen.',
    thawSecond:
      'Vergewissern Sie sich auch selbst. Dann wird diese Anfrage abgeschlossen. Ist keine andere Anfrage dieser Person angehalten, geht eine gesperrte Anmeldung wieder, und eine neue Anfrage ist möglich.',
  },
};
