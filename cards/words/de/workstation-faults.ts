import { type workstationFaults as English } from '../en/workstation-faults';
import { keyFaults } from './key-faults';

/** Was am Rechner oder mit dem Schlüssel dort schiefging. */
export const workstationFaults: typeof English = {
  ...keyFaults,
  'job-lapsed': {
    say: 'Vom Rechner kam nicht rechtzeitig etwas zurück.',
    todo: 'Prüfen Sie, ob dort der Keyvouch-Agent läuft, und beginnen Sie noch einmal.',
  },
  'pairing-code-wrong': {
    say: 'Diesen Verbindungscode kennen wir nicht.',
    todo: 'Holen Sie sich einen neuen und geben Sie ihn gleich ein.',
  },
  'hid-not-available': {
    say: 'Der Rechner erreicht keine Sicherheitsschlüssel.',
    todo: 'Sagen Sie es dem Helpdesk: Der Agent muss dort repariert werden.',
  },
  'registration-bad': {
    say: 'Was der Schlüssel erzeugt hat, lässt sich nicht bestätigen und wurde abgelehnt.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, nehmen Sie einen anderen Schlüssel und sagen Sie es dem Helpdesk.',
  },
  'workstation-not-paired': {
    say: 'Dieser Rechner ist nicht verbunden oder wurde entfernt.',
    todo: 'Verbinden Sie ihn zuerst.',
  },
  'clock-off': { say: 'Die Uhr des Rechners geht falsch.', todo: 'Stellen Sie die Uhr, und beginnen Sie noch einmal.' },
  'pairing-code-busy': {
    say: 'Gerade konnte kein Verbindungscode erzeugt werden.',
    todo: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'job-not-trusted': {
    say: 'Der Rechner hat den Auftrag abgelehnt, weil nicht sicher war, dass er von Keyvouch kam.',
    todo: 'Bitte sagen Sie es dem Sicherheitsteam.',
  },
  'job-expired': { say: 'Der Auftrag für den Rechner ist abgelaufen.', todo: 'Beginnen Sie noch einmal.' },
  'job-seen': {
    say: 'Der Rechner hat diesen Auftrag schon ausgeführt, und keiner läuft zweimal.',
    todo: 'Beginnen Sie noch einmal.',
  },
  'job-unsettled': {
    say: 'Microsoft Entra hat noch nicht gesagt, ob es den Schlüssel annimmt.',
    todo: 'Warten Sie ein paar Minuten und aktualisieren Sie.',
  },
  'remote-session': {
    say: 'Das ist eine Fernsitzung, und ein Schlüssel dort wäre nicht in Ihrer Hand.',
    todo: 'Setzen Sie sich direkt an den Rechner.',
  },
  'agent-stopped': {
    say: 'Der Agent am Rechner wurde geschlossen.',
    todo: 'Starten Sie ihn wieder, und beginnen Sie dann hier noch einmal.',
  },
  'pairing-not-confirmed': {
    say: 'Im Chat hat noch niemand den Rechner bestätigt.',
    todo: 'Bestätigen Sie ihn hier, und machen Sie dann dort weiter.',
  },
  'pairing-declined': {
    say: 'Der Rechner wurde im Chat abgelehnt und ist nicht verbunden.',
    todo: 'War das ein Versehen, verbinden Sie ihn noch einmal.',
  },
  'service-unreachable': {
    say: 'Der Rechner erreicht Keyvouch nicht.',
    todo: 'Prüfen Sie sein Netz, und beginnen Sie noch einmal.',
  },
  'service-tls': { say: 'Der Rechner vertraut dem Zertifikat von Keyvouch nicht.', todo: 'Sagen Sie es dem Helpdesk.' },
  'service-reply-odd': {
    say: 'Der Rechner bekam eine Antwort, die er nicht versteht.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'options-wrong-rp': {
    say: 'Der Rechner sollte einen Passkey für eine andere Seite anlegen und hat abgelehnt.',
    todo: 'Bitte sagen Sie es dem Sicherheitsteam.',
  },
  'pin-not-chosen': {
    say: 'Für den Schlüssel wurde keine PIN gewählt.',
    todo: 'Beginnen Sie noch einmal und wählen Sie am Rechner eine.',
  },
  'job-declined': {
    say: 'Am Rechner hat jemand Nein gesagt, also wurde nichts auf den Schlüssel geschrieben.',
    todo: 'War das ein Versehen, beginnen Sie noch einmal.',
  },
  'reset-declined': {
    say: 'Am Rechner hat jemand Nein gesagt, also wurde nichts gelöscht.',
    todo: 'War das ein Versehen, beginnen Sie noch einmal.',
  },
  'reset-not-done': {
    say: 'Der Schlüssel wurde nicht gelöscht.',
    todo: 'Beginnen Sie noch einmal und berühren Sie ihn gleich nach dem Einstecken.',
  },
  'reset-not-over-usb': {
    say: 'Dieser Schlüssel lässt sich nicht über USB löschen.',
    todo: 'Bitten Sie den Helpdesk um einen anderen Schlüssel.',
  },
  'reset-too-late': {
    say: 'Der Schlüssel wurde zu spät berührt und nicht gelöscht.',
    todo: 'Beginnen Sie noch einmal und berühren Sie ihn innerhalb von fünf Sekunden nach dem Einstecken.',
  },
  'result-odd': {
    say: 'Der Rechner hat eine Antwort geschickt, die nicht zum Auftrag passt.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, sagen Sie es dem Sicherheitsteam.',
  },
};
