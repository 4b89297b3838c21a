import { type Words } from '../en';

/** Rechner: koppeln, bestätigen, entfernen. */
export const pairing: Pick<Words, 'pair' | 'confirmWorkstation' | 'workstations'> = {
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
};
