/** Wer entscheidet, solange jemand abwesend ist. */
export const absence = {
  away: {
    title: 'Wenn ich abwesend bin',
    intro:
      'Sagen Sie, von wann bis wann Sie abwesend sind und wer an Ihrer Stelle entscheidet. Anfragen, die auf Sie warten, gehen dann an diese Person.',
    none: 'Es ist keine Abwesenheit eingetragen.',
    line: '{from} bis {until}: **{name}** entscheidet an Ihrer Stelle.',
    now: 'Gilt gerade',
    from: 'Erster Tag der Abwesenheit',
    until: 'Letzter Tag der Abwesenheit',
    missing: 'Bitte wählen Sie einen Tag.',
    delegate: 'Wer entscheidet an Ihrer Stelle?',
    delegateHint: 'Name oder Mailadresse',
    delegateMissing: 'Bitte geben Sie an, wer.',
    candidates: 'Das trifft auf mehrere zu. Wen meinen Sie?',
    choose: 'Bitte wählen',
    note: 'Sie können weiterhin selbst entscheiden und das jederzeit beenden. Ist Ihre Vertretung selbst abwesend, rückt niemand nach.',
    entered: 'Eingetragen. {name} wird an Ihrer Stelle gefragt.',
    ended: 'Beendet. Sie werden wieder selbst gefragt.',
  },
  delegate: {
    named: '{name}, für {other} (abwesend bis {when})',
    gave: '{name} (für {other})',
    place: 'Sie entscheiden an Stelle von {other} (abwesend bis {when}).',
    away: 'abwesend bis {when}',
    noLonger: 'Sie gehören nicht mehr zu denen, die hier entscheiden. Andere wurden gefragt. Sie müssen nichts tun.',
  },
  block: {
    explain:
      '„{button}“ heißt außerdem: {days} Tage lang kann das niemand erneut anfragen, es sei denn, der Helpdesk hebt das auf.',
    holds:
      'Dasselbe kann bis {when} nicht erneut angefragt werden. Wenn das falsch ist, kann der Helpdesk es aufheben.',
    over: 'Die Sperre endete am {when}: Dasselbe kann wieder angefragt werden.',
    lifted: '{name} vom Helpdesk hat die Sperre aufgehoben: Dasselbe kann wieder angefragt werden.',
    liftWhy: 'Warum darf es wieder angefragt werden? Das wird aufbewahrt.',
    liftMissing: 'Bitte schreiben Sie einen kurzen Grund.',
    queueFull:
      'In der Organisation gibt es so viele Anfragen, dass neue bis {when} abgelehnt werden. Versucht da jemand etwas?',
  },
};

/** Warum jemand nicht entscheiden, nicht fragen oder nicht vertreten kann. */
export const approvalRefusals = {
  'may-be-same-person': {
    say: 'Nichts im Verzeichnis zeigt, dass Ihr Konto und eines in dieser Anfrage zwei verschiedenen Personen gehören: Eine Personalnummer fehlt.',
    todo: 'Jemand anderes muss entscheiden. Die Administration kann die Personalnummern eintragen.',
  },
  'delegation-over': {
    say: 'Sie haben jemanden vertreten. Diese Zeit ist vorbei.',
    todo: 'Die Person entscheidet wieder selbst. Sie müssen nichts tun.',
  },
  'delegate-not-allowed': {
    say: 'Sie würden an Stelle von {name} entscheiden. Diese Person ist selbst an der Anfrage beteiligt und darf es auch nicht.',
    todo: 'Jemand anderes muss entscheiden. Der Helpdesk sieht, wer gefragt wurde.',
  },
  'already-counted': {
    say: 'Hier hat schon jemand von Ihnen beiden zugestimmt: Sie und die Person, die Sie vertreten, zählen nur einmal.',
    todo: 'Als Nächstes muss eine andere Person zustimmen. Sie müssen nichts tun.',
  },
  'repeats-blocked': {
    say: 'Das wurde abgelehnt ({shortId}) und kann bis {until} nicht erneut angefragt werden.',
    todo: 'Wenn Sie es früher brauchen, rufen Sie bitte den Helpdesk an. Er kann es aufheben.',
  },
  'not-blocked': { say: 'Hier ist nichts gesperrt.', todo: 'Eine neue Anfrage ist jetzt möglich.' },
  'lift-not-you': {
    say: 'Sie sind selbst an dieser Anfrage beteiligt.',
    todo: 'Bitten Sie jemand anderen vom Helpdesk, die Sperre aufzuheben.',
  },
  'lift-needs-reason': {
    say: 'Zum Aufheben gehört ein Grund.',
    todo: 'Bitte schreiben Sie einen Satz. Er wird aufbewahrt.',
  },
  'limit-requester': {
    say: 'Sie haben innerhalb eines Tages {most} Anfragen gestellt. Öfter geht es nicht.',
    todo: 'Wieder möglich ist es ab {when}. Wenn es eilt, rufen Sie bitte den Helpdesk an.',
  },
  'limit-subject': {
    say: 'Für dieses Konto gab es innerhalb eines Tages {most} Anfragen. Mehr sind nicht möglich.',
    todo: 'Wieder möglich ist es ab {when}. Wenn es eilt, rufen Sie bitte den Helpdesk an.',
  },
  'limit-tenant': {
    say: 'In der Organisation gibt es gerade ungewöhnlich viele Anfragen. Neue müssen deshalb warten.',
    todo: 'Bitte versuchen Sie es ab {when} wieder. Wenn es eilt, rufen Sie bitte den Helpdesk an.',
  },
  'delegate-not-a-member': {
    say: '{name} kann Sie nicht vertreten: Das Konto ist abgeschaltet oder gehört einem Gast.',
    todo: 'Bitte nennen Sie jemand anderen.',
  },
  'delegate-is-you': { say: 'Das ist ein Konto von Ihnen.', todo: 'Bitte nennen Sie jemand anderen.' },
  'delegate-away': {
    say: '{name} ist in dieser Zeit selbst abwesend, bis {when}.',
    todo: 'Bitte nennen Sie jemand anderen.',
  },
  'away-times-odd': {
    say: 'Diese Tage passen nicht: Der letzte Tag darf nicht vor dem ersten und nicht in der Vergangenheit liegen.',
    todo: 'Bitte berichtigen Sie die Tage.',
  },
  'away-too-long': {
    say: 'Eine Abwesenheit kann höchstens {days} Tage dauern.',
    todo: 'Für länger ändert die Administration die Regel.',
  },
  'away-already': {
    say: 'Für diese Zeit ist schon eine Abwesenheit eingetragen, bis {when}. In dieser Zeit entscheidet {name}.',
    todo: 'Beenden Sie zuerst diese, oder wählen Sie andere Tage.',
  },
  'away-too-many': {
    say: 'Sie können höchstens {most} Abwesenheiten eintragen.',
    todo: 'Bitte beenden Sie zuerst eine.',
  },
};
