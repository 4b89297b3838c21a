import { type Words } from '../en';

/** Was vor einer Anfrage geprüft wird. `say`: wie es steht, `todo`: was zu tun ist und wer es kann; leer, wo nichts zu tun ist. */
export const readiness: Words['readiness']['items'] = {
  'account-enabled': { say: 'Das Konto ist eingeschaltet.', todo: '' },
  'account-disabled': {
    say: 'Das Konto ist abgeschaltet.',
    todo: 'Fragen Sie den Helpdesk: Es muss zuerst wieder eingeschaltet werden.',
  },
  'not-guest': { say: 'Es ist ein Konto dieser Organisation.', todo: '' },
  guest: {
    say: 'Das ist ein Gast. Gäste können hier keinen Schlüssel einrichten.',
    todo: 'Gäste bekommen ihre Schlüssel von ihrer eigenen Organisation.',
  },
  'not-emergency': { say: 'Es ist kein Notfallkonto.', todo: '' },
  'emergency-account': {
    say: 'Das ist ein Notfallkonto und wird hier nicht bearbeitet.',
    todo: 'Bitte wenden Sie sich an das Sicherheitsteam.',
  },
  'emergency-not-checked': { say: 'Ob es ein Notfallkonto ist', todo: '' },
  'not-privileged': { say: 'Das Konto hat keine Administratorrechte.', todo: '' },
  privileged: {
    say: 'Das Konto hat Administratorrechte. Solchen Konten gibt Keyvouch auf diesem Weg keine Schlüssel.',
    todo: 'Bitte wenden Sie sich an den Helpdesk. Für Administratoren gibt es einen strengeren Weg.',
  },
  'privileged-not-checked': { say: 'Ob das Konto Administratorrechte hat', todo: '' },
  'passkey-method-on': { say: 'Sicherheitsschlüssel sind für dieses Konto erlaubt.', todo: '' },
  'passkey-method-off': {
    say: 'Sicherheitsschlüssel sind in Ihrer Organisation abgeschaltet.',
    todo: 'Jemand aus der Administration schaltet „Passkey (FIDO2)“ in Microsoft Entra ein.',
  },
  'passkey-method-excluded': {
    say: 'Das Konto ist in einer Gruppe, die keine Sicherheitsschlüssel nutzen darf.',
    todo: 'Jemand aus der Administration nimmt es aus dieser Gruppe.',
  },
  'passkey-method-not-in-scope': {
    say: 'Sicherheitsschlüssel sind für dieses Konto nicht eingeschaltet.',
    todo: 'Jemand aus der Administration nimmt es in eine Gruppe auf, die „Passkey (FIDO2)“ nutzen darf.',
  },
  'passkey-method-not-checked': { say: 'Ob Sicherheitsschlüssel für dieses Konto erlaubt sind', todo: '' },
  'self-service-on': { say: 'Schlüssel dürfen selbst eingerichtet werden.', todo: '' },
  'self-service-off': {
    say: 'Schlüssel selbst einzurichten ist in Ihrer Organisation abgeschaltet.',
    todo: 'Jemand aus der Administration schaltet bei Passkeys „Self-Service-Einrichtung zulassen“ ein.',
  },
  'self-service-not-checked': { say: 'Ob Schlüssel selbst eingerichtet werden dürfen', todo: '' },
  'model-allowed': { say: 'Dieses Schlüsselmodell wird angenommen.', todo: '' },
  'model-any': { say: 'Jedes Schlüsselmodell wird angenommen.', todo: '' },
  'model-restricted': {
    say: 'Nur bestimmte Schlüsselmodelle werden angenommen.',
    todo: 'Nehmen Sie einen Schlüssel, den Ihre Organisation ausgegeben hat.',
  },
  'model-attestation-required': {
    say: 'Nur Schlüssel, die ihre Herkunft belegen, werden angenommen.',
    todo: 'Nehmen Sie einen Schlüssel, den Ihre Organisation ausgegeben hat.',
  },
  'model-not-listed': {
    say: 'Dieses Schlüsselmodell steht nicht auf der Liste Ihrer Organisation.',
    todo: 'Nehmen Sie ein anderes Modell, oder bitten Sie die Administration, es aufzunehmen.',
  },
  'model-blocked': {
    say: 'Dieses Schlüsselmodell ist in Ihrer Organisation gesperrt.',
    todo: 'Nehmen Sie ein anderes Modell.',
  },
  'model-attestation-missing': {
    say: 'Dieser Schlüssel kann seine Herkunft nicht belegen, und Ihre Organisation verlangt das.',
    todo: 'Nehmen Sie ein anderes Modell.',
  },
  'model-synced-only': {
    say: 'Ihre Organisation nimmt nur synchronisierte Passkeys an, keine Schlüssel zum Einstecken.',
    todo: 'Fragen Sie die Administration.',
  },
  'model-no-profile': {
    say: 'Keine Einstellung erlaubt diesem Konto einen Schlüssel zum Einstecken.',
    todo: 'Fragen Sie die Administration.',
  },
  'model-not-checked': { say: 'Welche Schlüsselmodelle angenommen werden', todo: '' },
  'pass-method-on': { say: 'Befristete Zugriffspässe sind für dieses Konto erlaubt.', todo: '' },
  'pass-method-off': {
    say: 'Befristete Zugriffspässe sind in Ihrer Organisation abgeschaltet.',
    todo: 'Richten Sie den Schlüssel stattdessen an einem Rechner ein.',
  },
  'pass-method-excluded': {
    say: 'Das Konto ist in einer Gruppe, die keine befristeten Zugriffspässe haben darf.',
    todo: 'Richten Sie den Schlüssel stattdessen an einem Rechner ein.',
  },
  'pass-method-not-in-scope': {
    say: 'Befristete Zugriffspässe sind für dieses Konto nicht eingeschaltet.',
    todo: 'Richten Sie den Schlüssel stattdessen an einem Rechner ein.',
  },
  'pass-method-not-checked': { say: 'Ob befristete Zugriffspässe für dieses Konto erlaubt sind', todo: '' },
  'pass-lifetime-ok': { say: 'Ein Pass gilt {lifetimeInMinutes} Minuten.', todo: '' },
  'pass-lifetime-raised': {
    say: 'Ein Pass gilt {lifetimeInMinutes} Minuten: Ihre Organisation erlaubt keinen kürzeren.',
    todo: '',
  },
  'pass-lifetime-lowered': {
    say: 'Ein Pass gilt nur {lifetimeInMinutes} Minuten.',
    todo: 'Nehmen Sie den Schlüssel zur Hand, bevor Sie ihn sich zeigen lassen.',
  },
  'pass-lifetime-not-checked': { say: 'Wie lange ein Pass gilt', todo: '' },
  'passkeys-none': { say: 'Das Konto hat noch keinen Schlüssel.', todo: '' },
  'passkeys-some': { say: 'Schlüssel, die das Konto schon hat: {count}.', todo: '' },
  'passkeys-none-to-remove': { say: 'Das Konto hat keinen Schlüssel, der zu entfernen wäre.', todo: '' },
  'passkeys-not-checked': { say: 'Welche Schlüssel das Konto schon hat', todo: '' },
  'other-method-strong': { say: 'Das Konto hat noch einen anderen starken Weg zur Anmeldung.', todo: '' },
  'other-method-none': {
    say: 'Das Konto hat keinen anderen starken Weg zur Anmeldung.',
    todo: 'Denken Sie an einen zweiten Schlüssel für einen sicheren Ort.',
  },
  'other-method-not-checked': { say: 'Ob es noch einen anderen starken Weg zur Anmeldung gibt', todo: '' },
  'conditional-access-not-checked': { say: 'Die Anmelderegeln Ihrer Organisation', todo: '' },
};
