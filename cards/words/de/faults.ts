import { type Words } from '../en';
import { workstationFaults } from './workstation-faults';

/** Was bei uns schiefging. `say`: was geschehen ist, `todo`: was nun. */
export const faults: Words['faults'] = {
  'graph-no-token': {
    say: 'Wir konnten uns bei Microsoft Entra nicht anmelden.',
    todo: 'Versuchen Sie es in ein paar Minuten noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'graph-timeout': {
    say: 'Microsoft Entra hat nicht rechtzeitig geantwortet.',
    todo: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'graph-unreachable': {
    say: 'Microsoft Entra ist gerade nicht erreichbar.',
    todo: 'Versuchen Sie es in ein paar Minuten noch einmal.',
  },
  'graph-throttled': {
    say: 'Microsoft Entra ist ausgelastet und bittet um eine Pause.',
    todo: 'Warten Sie eine Minute. Wo es geht, machen wir von selbst weiter.',
  },
  'graph-denied': {
    say: 'Microsoft Entra erlaubt Keyvouch das nicht.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration prüft die Rechte von Keyvouch.',
  },
  'graph-refused': { say: 'Microsoft Entra hat das abgelehnt.', todo: 'Sagen Sie es dem Helpdesk.' },
  'graph-not-found': {
    say: 'Microsoft Entra hat nicht mehr, wonach wir gefragt haben.',
    todo: 'Aktualisieren Sie die Karte und sehen Sie noch einmal nach.',
  },
  'graph-not-supported': {
    say: 'Microsoft Entra kann das bei diesem Konto nicht.',
    todo: 'Sagen Sie es dem Helpdesk.',
  },
  'graph-odd-reply': {
    say: 'Microsoft Entra gab eine Antwort, die wir nicht verstehen.',
    todo: 'Versuchen Sie es noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'graph-wrong-origin': {
    say: 'Ein Verweis führte von Microsoft Entra weg, und wir sind ihm nicht gefolgt.',
    todo: 'Sagen Sie es dem Helpdesk.',
  },
  'storage-unreachable': {
    say: 'Unsere Aufzeichnungen sind gerade nicht erreichbar. Es ist nichts geschehen.',
    todo: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'storage-tampered': {
    say: 'Eine Aufzeichnung wurde von außen geändert, also haben wir angehalten.',
    todo: 'Bitte sagen Sie es dem Sicherheitsteam.',
  },
  'storage-refused': {
    say: 'Unsere Aufzeichnungen haben das nicht angenommen. Es ist nichts geschehen.',
    todo: 'Sagen Sie es dem Helpdesk.',
  },
  'storage-odd-row': { say: 'Eine Aufzeichnung ist nicht lesbar.', todo: 'Sagen Sie es dem Helpdesk.' },
  'signature-bad': {
    say: 'Eine Aufzeichnung ist nicht von Keyvouch unterschrieben, also haben wir sie nicht verwendet.',
    todo: 'Bitte sagen Sie es dem Sicherheitsteam.',
  },
  'keys-unreachable': {
    say: 'Keyvouch erreicht seine Signaturschlüssel nicht. Es ist nichts geschehen.',
    todo: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'teams-unreachable': {
    say: 'Teams ist gerade nicht erreichbar.',
    todo: 'Versuchen Sie es in ein paar Minuten noch einmal.',
  },
  'settings-wrong': {
    say: 'Eine Einstellung von Keyvouch ist falsch.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration muss sie richtigstellen.',
  },
  'passkey-policy-off': {
    say: 'Sicherheitsschlüssel sind für dieses Konto nicht eingeschaltet.',
    todo: 'Die Administration schaltet „Passkey (FIDO2)“ dafür ein. Das wirkt nach einigen Minuten.',
  },
  'self-service-off': {
    say: 'Schlüssel selbst einzurichten ist in Ihrer Organisation abgeschaltet.',
    todo: 'Die Administration schaltet bei Passkeys „Self-Service-Einrichtung zulassen“ ein.',
  },
  'passkey-guest': {
    say: 'Ein Gast kann hier keinen Schlüssel einrichten.',
    todo: 'Gäste bekommen ihre Schlüssel von ihrer eigenen Organisation.',
  },
  'passkey-model-not-allowed': {
    say: 'Ihre Organisation nimmt dieses Schlüsselmodell nicht an.',
    todo: 'Nehmen Sie ein anderes Modell, oder bitten Sie die Administration, es zu erlauben.',
  },
  'pass-policy-off': {
    say: 'Befristete Zugriffspässe sind für dieses Konto nicht eingeschaltet.',
    todo: 'Ein Schlüssel lässt sich trotzdem an einem Rechner einrichten.',
  },
  'pass-guest': {
    say: 'Ein Gast kann hier keinen Pass bekommen.',
    todo: 'Gäste bekommen ihre Pässe von ihrer eigenen Organisation.',
  },
  'pass-lifetime': {
    say: 'Ihre Organisation erlaubt nur Pässe von anderer Dauer.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration passt die Einstellungen von Keyvouch an.',
  },
  'pass-once-only': {
    say: 'Ihre Organisation erlaubt nur Pässe für eine einzige Nutzung.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration passt die Einstellungen von Keyvouch an.',
  },
  'passkey-already-registered': {
    say: 'Dieser Schlüssel ist für das Konto schon eingerichtet.',
    todo: 'Versuchen Sie, sich damit anzumelden.',
  },
  'passkey-challenge-expired': {
    say: 'Das Einrichten hat länger gedauert als die erlaubten fünf Minuten.',
    todo: 'Beginnen Sie noch einmal.',
  },
  'passkey-refused': {
    say: 'Microsoft Entra hat den Schlüssel nicht angenommen.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'graph-not-licensed': {
    say: 'Ihre Organisation hat für diesen Teil von Microsoft Entra keine Lizenz.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration passt die Einstellungen von Keyvouch an.',
  },
  'graph-odd-id': {
    say: 'Was eingegeben wurde, kann Microsoft Entra nicht kennen.',
    todo: 'Prüfen Sie es und versuchen Sie es noch einmal.',
  },
  'privilege-unclear': {
    say: 'Wir konnten nicht prüfen, ob das Konto Administratorrechte hat, und haben vorsichtshalber angehalten.',
    todo: 'Sagen Sie es dem Helpdesk.',
  },
  'opening-under-way': {
    say: 'Dieselbe Anfrage wird in diesem Augenblick angelegt.',
    todo: 'Warten Sie zwei Minuten und senden Sie sie dann noch einmal.',
  },
  'storage-busy': { say: 'Zu viel geschah im selben Augenblick.', todo: 'Versuchen Sie es noch einmal.' },
  'storage-full-entity': {
    say: 'Diese Anfrage ist zu groß geworden.',
    todo: 'Schließen Sie sie und fragen Sie neu an.',
  },
  'storage-full-transaction': {
    say: 'Diese Anfrage ist zu groß geworden.',
    todo: 'Schließen Sie sie und fragen Sie neu an.',
  },
  'passkey-attestation-required': {
    say: 'Ihre Organisation verlangt einen Beleg für die Herkunft des Schlüssels und hat diesen nicht angenommen.',
    todo: 'Nehmen Sie ein anderes Modell, oder sagen Sie es dem Helpdesk.',
  },
  'answer-slow': {
    say: 'Das dauert länger als sonst. Was Sie gedrückt haben, ist in Arbeit.',
    todo: 'Sie müssen nicht noch einmal drücken. Diese Karte ändert sich, sobald es fertig ist.',
  },
  'personal-only': {
    say: 'Keyvouch antwortet nur im Chat mit Ihnen allein.',
    todo: 'Öffnen Sie den Chat mit Keyvouch und schreiben Sie dort.',
  },
  'no-attestation-roots': {
    say: 'Keyvouch weiß noch nicht, welchen Schlüsselherstellern es trauen soll.',
    todo: 'Sagen Sie es dem Helpdesk: Die Administration muss sie in der Einstellung KEYVOUCH\\_ATTESTATION\\_ROOTS nennen.',
  },
  'short-id-taken': {
    say: 'Für diese Anfrage fand sich keine freie Nummer. Es wurde nichts gesendet.',
    todo: 'Senden Sie sie noch einmal.',
  },
  ...workstationFaults,
};
