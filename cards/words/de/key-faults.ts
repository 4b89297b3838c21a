import { type keyFaults as English } from '../en/key-faults';

/** Wozu ein Schlüssel Nein sagte oder was er nicht konnte. */
export const keyFaults: typeof English = {
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
  'key-u2f-only': {
    say: 'Das ist ein älterer Schlüssel (nur U2F), der keinen Passkey halten kann.',
    todo: 'Nehmen Sie einen Schlüssel mit FIDO2.',
  },
  'key-pin-blocked': {
    say: 'Die PIN war zu oft falsch, und der Schlüssel ist gesperrt.',
    todo: 'Schreiben Sie hier „gesperrt“: Wir sehen uns den Schlüssel an und helfen Ihnen, ihn neu einzurichten.',
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
  'key-not-attested': {
    say: 'Der Schlüssel konnte seine Herkunft nicht belegen.',
    todo: 'Nehmen Sie einen Schlüssel, den Ihre Organisation ausgegeben hat.',
  },
  'key-not-found': {
    say: 'Es war kein Schlüssel eingesteckt.',
    todo: 'Stecken Sie ihn ein, und beginnen Sie noch einmal.',
  },
  'key-model-not-allowed': {
    say: 'Ihre Organisation nimmt dieses Schlüsselmodell nicht an. Es wurde nichts darauf geschrieben.',
    todo: 'Nehmen Sie ein anderes Modell, oder bitten Sie die Administration, es zu erlauben.',
  },
  'key-cannot-list': {
    say: 'Dieses Schlüsselmodell kann seine Passkeys nicht auflisten.',
    todo: 'Nehmen Sie ein anderes Modell, wenn Sie das brauchen.',
  },
  'key-cannot-delete': {
    say: 'Dieses Schlüsselmodell kann keinen einzelnen Passkey löschen.',
    todo: 'Nehmen Sie ein anderes Modell, wenn Sie das brauchen.',
  },
  'key-pin-last-try': {
    say: 'Für die PIN war nur noch ein Versuch übrig, und er wurde nicht genutzt.',
    todo: 'Überlegen Sie erst die richtige PIN, oder rufen Sie den Helpdesk an.',
  },
  'key-pin-unsupported': {
    say: 'Dieser Schlüssel hat weder eine PIN noch einen Fingerabdruckleser.',
    todo: 'Nehmen Sie ein anderes Modell.',
  },
  'key-pin-already-set': { say: 'Der Schlüssel hat schon eine PIN.', todo: 'Beginnen Sie noch einmal mit dieser PIN.' },
  'key-no-verification': {
    say: 'Dieser Schlüssel kann nicht prüfen, ob Sie es sind.',
    todo: 'Nehmen Sie ein anderes Modell.',
  },
  'key-request-too-large': {
    say: 'Das ist mehr, als der Schlüssel annehmen kann.',
    todo: 'Nehmen Sie einen anderen Schlüssel.',
  },
  'key-request-rejected': {
    say: 'Der Schlüssel hat das nicht angenommen.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-out-of-step': {
    say: 'Der Schlüssel ist durcheinandergeraten.',
    todo: 'Stecken Sie ihn neu ein, und beginnen Sie noch einmal.',
  },
  'key-limit-exceeded': {
    say: 'Das ist mehr, als der Schlüssel fassen kann.',
    todo: 'Nehmen Sie einen anderen Schlüssel.',
  },
  'key-fingerprints-full': {
    say: 'Auf dem Schlüssel ist kein Platz für einen weiteren Fingerabdruck.',
    todo: 'Nutzen Sie die PIN, oder löschen Sie einen Fingerabdruck.',
  },
  'key-large-blobs-full': { say: 'Der Speicher des Schlüssels ist voll.', todo: 'Nehmen Sie einen anderen Schlüssel.' },
  'key-pin-token-refused': {
    say: 'Der Schlüssel nimmt die PIN von eben nicht mehr an.',
    todo: 'Beginnen Sie noch einmal.',
  },
  'key-permission-missing': { say: 'Die PIN wurde nicht hierfür eingegeben.', todo: 'Beginnen Sie noch einmal.' },
  'key-pin-must-change': {
    say: 'Der Schlüssel tut nichts mehr, bis seine PIN geändert ist.',
    todo: 'Beginnen Sie noch einmal und wählen Sie eine neue PIN, wenn der Agent es anbietet.',
  },
  'key-not-the-same': {
    say: 'Es wurde ein anderer Schlüssel eingesteckt als vorher. Nichts wurde gelöscht.',
    todo: 'Beginnen Sie noch einmal mit dem richtigen Schlüssel.',
  },
  'key-not-expected': {
    say: 'Eingesteckt war ein anderer Schlüssel als der, den wir angesehen haben. Nichts wurde gelöscht.',
    todo: 'Stecken Sie den anderen Schlüssel ein, und beginnen Sie noch einmal.',
  },
  'key-holds-more': {
    say: 'Auf dem Schlüssel ist noch ein Passkey des Kontos, und dass er wegfällt, hat niemand genehmigt. Nichts wurde gelöscht.',
    todo: 'Ziehen Sie diese Anfrage zurück, und stellen Sie eine neue. Dort sehen wir uns den Schlüssel noch einmal an.',
  },
  'key-no-fingerprint': {
    say: 'Dieser Schlüssel hat keinen Fingerabdruckleser.',
    todo: 'Nehmen Sie einen, der einen hat.',
  },
  'key-fingerprint-unclear': {
    say: 'Der Schlüssel konnte den Finger nicht gut genug lesen.',
    todo: 'Beginnen Sie noch einmal mit sauberem, trockenem Finger.',
  },
  'key-platform-failed': {
    say: 'Windows konnte den Passkey nicht anlegen.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'key-platform-missing': {
    say: 'Dieses Windows kann keinen Passkey anlegen.',
    todo: 'Aktualisieren Sie Windows oder nehmen Sie einen anderen Rechner.',
  },
  'key-platform-refused': {
    say: 'Windows hat die Bitte um einen Passkey nicht angenommen.',
    todo: 'Aktualisieren Sie Windows und beginnen Sie noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'key-setting-failed': {
    say: 'Der Schlüssel hat die Einstellung angenommen, zeigt sie aber nicht.',
    todo: 'Beginnen Sie noch einmal. Bleibt es so, nehmen Sie einen anderen Schlüssel.',
  },
  'key-setting-fixed': {
    say: 'Diese Einstellung hat der Hersteller des Schlüssels festgelegt.',
    todo: 'Nehmen Sie einen anderen Schlüssel.',
  },
  'key-setting-missing': {
    say: 'Dieses Schlüsselmodell kennt die Einstellung nicht.',
    todo: 'Nehmen Sie einen anderen Schlüssel.',
  },
  'key-store-unavailable': {
    say: 'Der Rechner kam an seinen eigenen Schlüssel nicht heran.',
    todo: 'Melden Sie sich dort neu an und starten Sie den Agenten wieder.',
  },
};
