/** Die Verbindung zu einem anderen Ticketsystem: was Karten davon sagen, und was dort steht. */
export const outer = {
  outer: {
    number: 'In {system}',
    systems: { webhook: 'Ihrem Ticketsystem', servicenow: 'ServiceNow', jira: 'Jira', hand: 'Ihrem Ticketsystem' },
    numberLabel: 'Nummer in Ihrem Ticketsystem',
    numberHint: 'INC0010023',
    linkLabel: 'Link dorthin (kann leer bleiben)',
    linkHint: 'https://…',
    numberMissing: 'Bitte tippen Sie die Nummer ein.',
    failed: '{system} erfährt von dieser Anfrage nichts',
    failedNote: 'Die Anfrage selbst wird nicht aufgehalten. Was geschehen ist, wird dort später nachgetragen.',
    notes: {
      'ticket.opened': '{requester} bittet für {subject}: {flow}. Es wartet auf Zustimmung.',
      'ticket.opened-self': '{subject} bittet: {flow}. Es wartet auf Zustimmung.',
      'ticket.approved': 'Zugestimmt.',
      'ticket.denied': 'Abgelehnt.',
      'ticket.cancelled': 'Zurückgezogen.',
      'ticket.expired': 'Abgelaufen.',
      'ticket.completed': 'Erledigt.',
      'ticket.frozen': 'Angehalten: Jemand sagt, dass diese Anfrage nicht richtig ist. Der Helpdesk geht dem nach.',
      'ticket.thawed': 'Zwei Personen vom Helpdesk sind dem nachgegangen und haben die Anfrage geschlossen.',
      'ticket.parked': 'Es geht nicht weiter ({code}). Der Helpdesk sieht es in Teams.',
      'ticket.resumed': 'Es geht weiter.',
      'ticket.commented': 'Eine Notiz vom Helpdesk.',
      'pass.shown': 'Ein befristeter Zugriffspass wurde gezeigt.',
      'passkey.added': 'Ein neuer Sicherheitsschlüssel ist registriert.',
      'passkey.removed': 'Ein Sicherheitsschlüssel wurde vom Konto entfernt.',
      'ticket.not-needed': 'Es musste doch nichts getan werden.',
      'key.erased': 'Der Sicherheitsschlüssel wurde gelöscht.',
      'sessions.revoked': 'Alle Anmeldungen des Kontos wurden beendet.',
    },
    said: '{note} „{text}“',
  },
};

export const outerRefusals = {
  'outer-off': {
    say: 'Hier ist kein anderes Ticketsystem eingerichtet, also gibt es keine Nummer zu notieren.',
    todo: 'Schreiben Sie die Nummer in eine Notiz.',
  },
  'outer-number-odd': {
    say: 'Das sieht nicht wie eine Ticketnummer aus.',
    todo: 'Tippen Sie Buchstaben und Ziffern, höchstens {most}, zum Beispiel INC0010023.',
  },
  'outer-link-odd': {
    say: 'Dieser Link lässt sich nicht verwenden.',
    todo: 'Er muss mit https:// beginnen und darf höchstens {most} Zeichen lang sein. Oder lassen Sie ihn leer.',
  },
  'outer-unreachable': {
    say: 'Das andere Ticketsystem antwortet nicht.',
    todo: 'Sie müssen nichts tun: Keyvouch versucht es weiter. Bleibt es so, sagen Sie es der Administration.',
  },
  'outer-busy': {
    say: 'Das andere Ticketsystem hat zu viel zu tun.',
    todo: 'Sie müssen nichts tun: Keyvouch macht von selbst weiter.',
  },
  'outer-odd-reply': {
    say: 'Das andere Ticketsystem gab eine Antwort, die Keyvouch nicht versteht.',
    todo: 'Bitte sagen Sie es der Administration.',
  },
  'outer-sign-in': {
    say: 'Das andere Ticketsystem lässt Keyvouch nicht hinein.',
    todo: 'Bitte sagen Sie es der Administration: Das Konto dort oder sein Geheimnis stimmt nicht mehr.',
  },
  'outer-gone': {
    say: 'Das andere Ticketsystem hat unter der Adresse, die Keyvouch kennt, nichts.',
    todo: 'Bitte sagen Sie es der Administration: Die Adresse in den Einstellungen stimmt nicht mehr.',
  },
  'outer-refused': {
    say: 'Das andere Ticketsystem nahm nicht an, was Keyvouch ihm gesagt hat.',
    todo: 'Bitte sagen Sie es der Administration: Es verlangt andere Felder, als in den Einstellungen stehen.',
  },
  'outer-address': {
    say: 'Die Adresse des anderen Ticketsystems führt dorthin, wo sie nicht hinführen soll. Keyvouch ruft sie nicht auf.',
    todo: 'Bitte sagen Sie es der Administration.',
  },
  'outer-certificate': {
    say: 'Das andere Ticketsystem konnte nicht beweisen, wer es ist. Keyvouch hat ihm nichts gesagt.',
    todo: 'Bitte sagen Sie es der Administration: Sein Zertifikat stimmt nicht.',
  },
  'outer-secret': {
    say: 'Keyvouch hat kein Geheimnis für das andere Ticketsystem.',
    todo: 'Bitte sagen Sie es der Administration: Es gehört in den Tresor (Key Vault).',
  },
};
