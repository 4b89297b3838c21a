import { type Words } from '../en';

/** Was bei uns oder am Rechner schiefging. `say`: was geschehen ist, `todo`: was nun. */
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
    todo: 'Aktualisieren Sie und schauen Sie noch einmal.',
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
    say: 'Eine Aufzeichnung ist nicht von Keyvouch unterschrieben, also haben wir nichts damit getan.',
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
    say: 'Befristete Pässe sind für dieses Konto nicht eingeschaltet.',
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
  'passkey-not-listed': {
    say: 'Der neue Schlüssel ist bei Microsoft Entra noch nicht zu sehen.',
    todo: 'Wir schauen noch eine Weile nach. Kommt er nicht, beginnen Sie noch einmal.',
  },
  'job-lapsed': {
    say: 'Vom Rechner kam nicht rechtzeitig etwas zurück.',
    todo: 'Prüfen Sie, ob dort der Keyvouch-Agent läuft, und beginnen Sie noch einmal.',
  },
  'job-refused': { say: 'Am Rechner hat jemand Nein gesagt.', todo: 'War das ein Versehen, beginnen Sie noch einmal.' },
  'job-signature-bad': {
    say: 'Der Rechner hat den Auftrag abgelehnt, weil die Unterschrift nicht stimmte.',
    todo: 'Bitte sagen Sie es dem Sicherheitsteam.',
  },
  'workstation-signature-bad': {
    say: 'Eine Nachricht des Rechners war nicht richtig unterschrieben, also haben wir sie abgelehnt.',
    todo: 'Verbinden Sie den Rechner neu. Bleibt es so, sagen Sie es dem Sicherheitsteam.',
  },
  'workstation-remote': {
    say: 'Das ist eine Fernsitzung, und ein Schlüssel dort wäre nicht in Ihrer Hand.',
    todo: 'Setzen Sie sich direkt an den Rechner.',
  },
  'pairing-code-wrong': {
    say: 'Diesen Verbindungscode kennen wir nicht.',
    todo: 'Holen Sie sich einen neuen und geben Sie ihn gleich ein.',
  },
  'pairing-code-expired': { say: 'Der Verbindungscode gilt nicht mehr.', todo: 'Holen Sie sich einen neuen.' },
  'hid-not-available': {
    say: 'Der Rechner erreicht keine Sicherheitsschlüssel.',
    todo: 'Sagen Sie es dem Helpdesk: Der Agent muss dort repariert werden.',
  },
  'key-access-denied': {
    say: 'Der Rechner darf nicht mit dem Schlüssel sprechen.',
    todo: 'Schließen Sie andere Programme, die ihn nutzen. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'key-algorithm-unsupported': {
    say: 'Dieser Schlüssel kann keines der nötigen Verfahren.',
    todo: 'Nehmen Sie einen anderen Schlüssel.',
  },
  'key-already-registered': {
    say: 'Dieser Schlüssel ist für das Konto schon eingerichtet.',
    todo: 'Nehmen Sie einen anderen, oder melden Sie sich mit diesem an.',
  },
  'key-busy': {
    say: 'Ein anderes Programm nutzt gerade den Schlüssel.',
    todo: 'Schließen Sie es, stecken Sie den Schlüssel neu ein, und beginnen Sie noch einmal.',
  },
  'key-cancelled': { say: 'Am Rechner wurde abgebrochen.', todo: 'Beginnen Sie noch einmal, wenn Sie so weit sind.' },
  'key-denied': {
    say: 'Der Schlüssel hat abgelehnt.',
    todo: 'Beginnen Sie noch einmal und berühren Sie ihn, wenn er blinkt.',
  },
  'key-failed': {
    say: 'Der Schlüssel meldet einen Fehler.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-fingerprint-blocked': {
    say: 'Der Fingerabdruck wurde zu oft nicht erkannt.',
    todo: 'Nutzen Sie die PIN des Schlüssels.',
  },
  'key-fingerprint-wrong': {
    say: 'Der Fingerabdruck wurde nicht erkannt.',
    todo: 'Versuchen Sie es noch einmal, oder nutzen Sie die PIN des Schlüssels.',
  },
  'key-full': {
    say: 'Auf dem Schlüssel ist kein Platz mehr.',
    todo: 'Nehmen Sie einen anderen, oder löschen Sie alte Passkeys darauf.',
  },
  'key-gone': { say: 'Der Schlüssel wurde herausgezogen.', todo: 'Stecken Sie ihn ein, und beginnen Sie noch einmal.' },
  'key-malformed': {
    say: 'Der Schlüssel gab eine Antwort ohne Sinn.',
    todo: 'Nehmen Sie einen anderen, und sagen Sie es dem Helpdesk.',
  },
  'key-missing': {
    say: 'Es wurde kein Schlüssel gefunden.',
    todo: 'Stecken Sie ihn ein, und beginnen Sie noch einmal.',
  },
  'key-no-passkey': {
    say: 'Auf dem Schlüssel ist dafür kein Passkey.',
    todo: 'Prüfen Sie, ob es der richtige Schlüssel ist.',
  },
  'key-no-touch': {
    say: 'Der Schlüssel wurde nicht rechtzeitig berührt.',
    todo: 'Beginnen Sie noch einmal und berühren Sie ihn, wenn er blinkt.',
  },
  'key-not-allowed': {
    say: 'Der Schlüssel erlaubt das nicht.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-option-missing': {
    say: 'Dieses Schlüsselmodell kann nicht, was gebraucht wird.',
    todo: 'Nehmen Sie ein anderes Modell.',
  },
  'key-pin-blocked': {
    say: 'Die PIN war zu oft falsch, und der Schlüssel ist gesperrt.',
    todo: 'Rufen Sie den Helpdesk an: Der Schlüssel muss zurückgesetzt werden.',
  },
  'key-pin-needed': {
    say: 'Der Schlüssel braucht seine PIN.',
    todo: 'Beginnen Sie noch einmal und geben Sie die PIN am Rechner ein.',
  },
  'key-pin-not-set': {
    say: 'Der Schlüssel hat noch keine PIN.',
    todo: 'Beginnen Sie noch einmal. Der Agent hilft Ihnen, eine zu wählen.',
  },
  'key-pin-policy': {
    say: 'Die PIN ist zu kurz, oder der Schlüssel nimmt sie nicht an.',
    todo: 'Beginnen Sie noch einmal mit einer längeren PIN.',
  },
  'key-pin-replug': {
    say: 'Die PIN war mehrmals falsch, und der Schlüssel wartet.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-pin-wrong': {
    say: 'Die PIN war falsch.',
    todo: 'Vorsicht beim nächsten Versuch: Nach wenigen sperrt sich der Schlüssel.',
  },
  'key-refused': {
    say: 'Der Schlüssel hat abgelehnt.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-silent': {
    say: 'Der Schlüssel antwortet nicht.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-too-slow': {
    say: 'Der Schlüssel hat zu lange gebraucht.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
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
  'storage-busy': { say: 'Zu vieles geschah im selben Augenblick.', todo: 'Versuchen Sie es noch einmal.' },
  'storage-full-entity': {
    say: 'Diese Anfrage ist zu groß geworden.',
    todo: 'Schließen Sie sie und fragen Sie neu an.',
  },
  'storage-full-transaction': {
    say: 'Diese Anfrage ist zu groß geworden.',
    todo: 'Schließen Sie sie und fragen Sie neu an.',
  },
  'workstation-not-paired': {
    say: 'Dieser Rechner ist nicht verbunden oder wurde entfernt.',
    todo: 'Verbinden Sie ihn zuerst.',
  },
  'clock-off': { say: 'Die Uhr des Rechners geht falsch.', todo: 'Stellen Sie die Uhr, und beginnen Sie noch einmal.' },
  'pairing-code-busy': {
    say: 'Gerade konnte kein Verbindungscode gemacht werden.',
    todo: 'Versuchen Sie es in einer Minute noch einmal.',
  },
  'passkey-attestation-required': {
    say: 'Ihre Organisation verlangt einen Beleg für die Herkunft des Schlüssels und hat diesen nicht angenommen.',
    todo: 'Nehmen Sie ein anderes Modell, oder sagen Sie es dem Helpdesk.',
  },
  'key-not-attested': {
    say: 'Der Schlüssel konnte seine Herkunft nicht belegen.',
    todo: 'Nehmen Sie einen Schlüssel, den Ihre Organisation ausgegeben hat.',
  },
};
