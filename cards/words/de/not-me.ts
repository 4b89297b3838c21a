import { type Words } from '../en';

/** Die Mail an eine zweite Person und die Seite hinter ihrem Link. */
export const notMe: Pick<Words, 'mail' | 'notMe'> = {
  mail: {
    title: '{flow} für {subject}: {ticket}',
    hello: 'Guten Tag {name},',
    asked: '{requester} hat am {when} für {subject} angefragt: {flow}.',
    askedSelf: '{subject} hat am {when} angefragt: {flow}.',
    waiting: 'Noch hat niemand entschieden.',
    approved: 'Zugestimmt am {when}: {names}.',
    denied: '{name} hat am {when} abgelehnt. Es wurde nichts herausgegeben.',
    ended: 'Die Anfrage ist ohne Entscheidung zu Ende. Es wurde nichts herausgegeben.',
    fine: 'Wenn das stimmt, brauchen Sie nichts zu tun.',
    stop: 'Wenn Sie Zweifel haben, rufen Sie {subject} an. Wenn es nicht stimmt, halten Sie es an:',
    stopOwn: 'Wenn Sie das nicht waren, halten Sie es an:',
    link: 'Das stimmt nicht',
    linkOwn: 'Das war ich nicht',
    asksAgain:
      'Die Seite fragt noch einmal nach, bevor etwas geschieht. Der Link gilt bis {until}. Bitte leiten Sie diese Mail nicht weiter: Wer den Link hat, kann die Anfrage anhalten.',
    why: 'Sie lesen das, weil Sie für {subject} verantwortlich sind: Wer das Konto von {subject} in der Hand hat, kann es vor Ihnen nicht verbergen. In der Mail steht kein Passwort und kein Code. Keyvouch fragt nie per Mail danach.',
    whyOwn:
      'Sie lesen das an einer anderen Adresse als der Ihres Arbeitskontos, damit es niemand vor Ihnen verbergen kann, der dieses Konto in der Hand hat. In der Mail steht kein Passwort und kein Code. Keyvouch fragt nie per Mail danach.',
  },

  notMe: {
    card: 'Die Anfrage wird sofort angehalten. Was durch sie herausging, wird zurückgenommen: ein Pass, ein Schlüssel, jede Anmeldung. Der Helpdesk wird gerufen, und nur zwei seiner Leute zusammen können das aufheben.',
    cardKeeps: 'Ein Schlüssel, der noch entfernt werden soll, bleibt vorerst am Konto.',
    title: 'Stimmt diese Anfrage nicht?',
    titleOwn: 'Waren Sie das nicht?',
    what: 'Wenn Sie diese Anfrage anhalten:',
    pass: 'wird ein herausgegebener Pass gelöscht,',
    key: 'wird ein Schlüssel aus dieser Anfrage vom Konto genommen,',
    keeps: 'bleibt ein Schlüssel, der noch entfernt werden soll, vorerst am Konto,',
    sessions: 'wird das Konto überall abgemeldet,',
    blocks: 'wird die Anmeldung am Konto gesperrt,',
    helpdesk: 'und der Helpdesk wird gerufen.',
    undone: 'Nur zwei Leute vom Helpdesk zusammen können das aufheben.',
    stop: 'Diese Anfrage anhalten',
    keep: 'Wenn doch alles stimmt, schließen Sie einfach diese Seite. Dann geschieht nichts.',
    stopped: 'Die Anfrage ist angehalten',
    stoppedText: 'Danke. Was durch sie herausging, wird jetzt zurückgenommen, und der Helpdesk ist gerufen.',
    stoppedTodo: 'Der Helpdesk meldet sich. Bitte stimmen Sie bis dahin nichts anderem für dieses Konto zu.',
    over: 'Es gibt nichts anzuhalten',
    again: 'Bitte öffnen Sie den Link in einer Minute noch einmal. Wenn es so bleibt, rufen Sie den Helpdesk an.',
  },
};
