import { type Words } from '../en';
import { type refusals as english } from '../en/refusals';

/** Warum ein Klick oder eine Nachricht nichts bewirkt hat. `say`: was ist, `todo`: was nun. */
export const refusals: Pick<Words['refusals'], keyof typeof english> = {
  'not-yours': {
    say: 'Bei dieser Anfrage können Sie nichts tun.',
    todo: 'Schreiben Sie „meine Anfragen“, um Ihre zu sehen.',
  },
  'already-decided': {
    say: 'Über diese Anfrage ist schon entschieden.',
    todo: 'Öffnen Sie sie, um zu sehen, von wem und wie.',
  },
  'already-approved': {
    say: 'Sie haben schon zugestimmt.',
    todo: 'Öffnen Sie die Anfrage, um zu sehen, wie es weitergeht.',
  },
  'not-an-approver': {
    say: 'Sie gehören nicht zu denen, die hier entscheiden können.',
    todo: 'Alle, die entscheiden können, haben eine eigene Karte.',
  },
  'is-requester': {
    say: 'Sie haben das selbst angefragt, also muss jemand anderes entscheiden.',
    todo: 'Die anderen, die entscheiden können, sind gefragt.',
  },
  'is-subject': {
    say: 'Es geht um Ihr eigenes Konto, also muss jemand anderes entscheiden.',
    todo: 'Die anderen, die entscheiden können, sind gefragt.',
  },
  'is-hander': {
    say: 'Sie übergeben den Pass, also muss jemand anderes entscheiden.',
    todo: 'Die anderen, die entscheiden können, sind gefragt.',
  },
  'is-same-person': {
    say: 'Ihr Konto und eines in dieser Anfrage gehören derselben Person, also muss jemand anderes entscheiden.',
    todo: 'Wenn das nicht stimmt, sagen Sie es dem Helpdesk.',
  },
  disabled: { say: 'Dieses Konto ist abgeschaltet.', todo: 'Der Helpdesk weiß, warum.' },
  external: { say: 'Gäste können das nicht.', todo: 'Bitte nutzen Sie ein Konto dieser Organisation.' },
  'not-in-rule': {
    say: 'Sie gehören nicht mehr zu denen, die hier entscheiden können.',
    todo: 'Alle, die entscheiden können, haben eine eigene Karte.',
  },
  'subject-disabled': {
    say: 'Das Konto von {name} ist abgeschaltet.',
    todo: 'Fragen Sie den Helpdesk: Es muss zuerst wieder eingeschaltet werden.',
  },
  'subject-external': {
    say: '{name} ist Gast. Gäste bekommen ihre Schlüssel von ihrer eigenen Organisation.',
    todo: 'Bitte fragen Sie dort.',
  },
  'subject-privileged': {
    say: 'Das Konto von {name} hat Administratorrechte. Solchen Konten gibt Keyvouch auf diesem Weg keine Schlüssel.',
    todo: 'Bitte wenden Sie sich an den Helpdesk. Für Administratoren gibt es einen strengeren Weg.',
  },
  'subject-privilege-unknown': {
    say: 'Wir konnten nicht prüfen, ob das Konto von {name} Administratorrechte hat, und haben vorsichtshalber angehalten.',
    todo: 'Versuchen Sie es in ein paar Minuten noch einmal. Bleibt es so, sagen Sie es dem Helpdesk.',
  },
  'subject-emergency': {
    say: 'Das ist ein Notfallkonto. Es wird hier nicht bearbeitet.',
    todo: 'Bitte wenden Sie sich an das Sicherheitsteam.',
  },
  'flow-stopped': {
    say: 'Etwas in den Einstellungen der Organisation steht im Weg.',
    todo: 'Zeigen Sie das dem Helpdesk.',
  },
  'nobody-may-approve': {
    say: 'Niemand kann dieser Anfrage zustimmen. Der Helpdesk wurde benachrichtigt, soweit er erreichbar war.',
    todo: 'Die Administration muss festlegen, wer für diese Person zustimmt: eine Führungskraft in Microsoft Entra oder jemand in der Regel. Ziehen Sie die Anfrage dann zurück und fragen Sie neu an.',
  },
  'reason-missing': {
    say: 'Der Grund fehlt.',
    todo: 'Bitte schreiben Sie einen kurzen Grund und senden Sie noch einmal.',
  },
  'reason-too-long': { say: 'Der Grund ist zu lang.', todo: 'Bitte höchstens {most} Zeichen.' },
  'recognition-missing': {
    say: 'Bitte sagen Sie, woran Sie die Person erkannt haben.',
    todo: 'Wählen Sie einen der Wege und stimmen Sie dann zu. Wenn Sie sich noch nicht gesprochen haben, tun Sie das zuerst.',
  },
  'denial-needs-reason': {
    say: 'Eine Ablehnung braucht einen Grund.',
    todo: 'Ein Satz genügt. Wer angefragt hat, wird ihn lesen.',
  },
  'not-waiting': {
    say: 'Diese Anfrage wartet nicht mehr auf eine Entscheidung.',
    todo: 'Öffnen Sie sie, um zu sehen, wie es steht.',
  },
  'not-approved': { say: 'Dieser Anfrage wurde nicht zugestimmt.', todo: 'Öffnen Sie sie, um zu sehen, wie es steht.' },
  expired: { say: 'Diese Anfrage ist abgelaufen.', todo: 'Bitte fragen Sie neu an.' },
  cancelled: { say: 'Diese Anfrage wurde zurückgezogen.', todo: 'Sie können jederzeit neu anfragen.' },
  denied: { say: 'Diese Anfrage wurde abgelehnt.', todo: 'Öffnen Sie sie, um den Grund zu lesen.' },
  done: { say: 'Diese Anfrage ist schon erledigt.', todo: 'Es ist nichts mehr zu tun.' },
  frozen: { say: 'Diese Anfrage wurde zur Sicherheit angehalten.', todo: 'Der Helpdesk meldet sich.' },
  'nothing-to-freeze': {
    say: 'Diese Anfrage ist zu Ende, ohne dass etwas herausgegeben wurde.',
    todo: 'Wenn jemand in Ihrem Namen angefragt hat, sagen Sie es dem Helpdesk.',
  },
  'other-ticket-frozen': {
    say: 'Eine andere Anfrage zu diesem Konto wurde angehalten: „Das war ich nicht“.',
    todo: 'Rufen Sie den Helpdesk an. Bis das geklärt ist, wird für dieses Konto nichts ausgegeben.',
  },
  'approver-no-longer-allowed': {
    say: 'Wer hier zugestimmt hat, darf das nicht mehr.',
    todo: 'Ziehen Sie diese Anfrage zurück und fragen Sie neu an.',
  },
  'approval-over': { say: 'Die Zeit für diese Zustimmung ist um.', todo: 'Bitte fragen Sie noch einmal an.' },
  'freeze-over': {
    say: 'Diese Anfrage ist seit mehr als {days} Tagen zu Ende.',
    todo: 'Wenn etwas nicht stimmt, rufen Sie jetzt den Helpdesk an.',
  },
  'not-frozen': { say: 'Diese Anfrage ist nicht angehalten.', todo: 'Öffnen Sie sie, um zu sehen, wie es steht.' },
  'thaw-needs-second': {
    say: 'Das haben Sie schon gesagt. Es braucht eine zweite Person vom Helpdesk.',
    todo: 'Bitten Sie jemanden aus dem Team, es auch zu prüfen und zu bestätigen.',
  },
  'thaw-not-you': {
    say: 'Sie waren an dieser Anfrage beteiligt, also müssen andere den Stopp aufheben.',
    todo: 'Bitten Sie zwei vom Helpdesk, die nicht beteiligt waren.',
  },
  'freeze-under-way': {
    say: 'Was durch diese Anfrage herausging, wird noch zurückgenommen.',
    todo: 'Versuchen Sie es in einer Minute noch einmal. Wenn es nicht weitergeht, sagt die Karte, warum.',
  },
  'link-odd': {
    say: 'Dieser Link ist keiner von uns, oder es fehlt ein Stück.',
    todo: 'Öffnen Sie ihn noch einmal aus der Mail. Wenn das nicht hilft, rufen Sie den Helpdesk an.',
  },
  'link-over': { say: 'Dieser Link gilt nicht mehr.', todo: 'Wenn etwas nicht stimmt, rufen Sie den Helpdesk an.' },
  'mail-no-address': {
    say: 'Das Verzeichnis hat keine Adresse mehr für die Mail.',
    todo: 'Bitte benachrichtigen Sie die Person auf anderem Weg.',
  },
  'mailbox-unknown': {
    say: 'Das Postfach, aus dem Keyvouch sendet, gibt es nicht.',
    todo: 'Die Administration prüft KEYVOUCH\\_MAILBOX.',
  },
  'mailbox-denied': {
    say: 'Keyvouch darf aus seinem Postfach nicht senden.',
    todo: 'Die Administration erlaubt das Senden aus diesem einen Postfach.',
  },
  'too-late-to-cancel': {
    say: 'Es hat schon begonnen und lässt sich hier nicht mehr zurückziehen.',
    todo: 'Der Helpdesk kann es noch sicher beenden.',
  },
  'may-not-open-for-others': {
    say: 'Nur die Führungskraft einer Person oder der Helpdesk kann für sie anfragen.',
    todo: 'Die Person kann selbst anfragen, oder ihre Führungskraft.',
  },
  'hander-missing': {
    say: 'Jemand muss den Pass persönlich übergeben.',
    todo: 'Wählen Sie, wer das tut, oder wählen Sie einen Rechner des Helpdesks.',
  },
  'hander-not-allowed': {
    say: 'Diese Person kann den Pass nicht übergeben.',
    todo: 'Wählen Sie jemanden, der weder anfragt noch als Einziger zustimmen kann.',
  },
  'duplicate-open': {
    say: 'Das wurde schon angefragt: {shortId}.',
    todo: 'Öffnen Sie diese Anfrage. Für eine neue ziehen Sie sie zurück, falls sie noch offen ist, und fangen neu an.',
  },
  'no-passkeys': {
    say: 'Das Konto von {name} hat keinen Sicherheitsschlüssel.',
    todo: 'Wenn es der erste ist, fragen Sie einen Sicherheitsschlüssel an.',
  },
  'passkey-choice-missing': { say: 'Es wurde kein Schlüssel gewählt.', todo: 'Bitte wählen Sie ihn.' },
  'passkey-not-there': {
    say: 'Einer der gewählten Schlüssel gehört nicht zu diesem Konto.',
    todo: 'Bitte wählen Sie noch einmal.',
  },
  'spare-needs-first': {
    say: 'Einen Ersatzschlüssel bekommt, wer schon einen Schlüssel hat.',
    todo: 'Fragen Sie Ihren ersten Sicherheitsschlüssel an.',
  },
  'return-not-for-oneself': {
    say: 'Ihren eigenen Schlüssel nimmt Ihre Führungskraft oder der Helpdesk zurück.',
    todo: 'Bitte geben Sie ihn dort ab.',
  },
  'no-pass-to-end': {
    say: 'Es gibt keinen Pass, der enden könnte.',
    todo: 'Öffnen Sie die Anfrage und sehen Sie, wie sie steht.',
  },
  'code-wrong': { say: 'Das war nicht der Code.', todo: 'Schauen Sie noch einmal hin. Versuche übrig: {triesLeft}.' },
  'code-dead': {
    say: 'Der Code wurde dreimal falsch eingegeben und gilt nicht mehr.',
    todo: 'Bitte rufen Sie den Helpdesk an.',
  },
  'code-needed': {
    say: 'Zuerst wird der Code gebraucht, den die zustimmende Person hat.',
    todo: 'Fragen Sie persönlich, im Video oder am Telefon danach, nicht im Chat.',
  },
  'way-missing': { say: 'Wählen Sie zuerst, wie Sie beginnen.', todo: 'An Ihrem Rechner oder mit einem Pass.' },
  'no-workstation': {
    say: 'Mit Ihnen ist kein Rechner verbunden.',
    todo: 'Verbinden Sie zuerst einen. Das dauert zwei Minuten.',
  },
  'workstation-not-yours': {
    say: 'Dieser Rechner ist nicht mit Ihnen verbunden.',
    todo: 'Wählen Sie einen von Ihren, oder verbinden Sie diesen.',
  },
  'workstation-not-approved': {
    say: 'Die Zustimmung nennt diesen Rechner nicht.',
    todo: 'Wählen Sie den Rechner, den sie nennt, oder fragen Sie neu an.',
  },
  'workstation-not-active': {
    say: 'Dieser Rechner ist nicht bereit.',
    todo: 'Bestätigen Sie zuerst seine Verbindung, oder verbinden Sie ihn neu.',
  },
  'job-runs': {
    say: 'Der Rechner arbeitet schon daran.',
    todo: 'Machen Sie dort weiter, oder warten Sie, bis er aufgibt.',
  },
  'job-unknown': {
    say: 'Der Rechner sprach von etwas, das wir nicht beauftragt haben.',
    todo: 'Beginnen Sie noch einmal von der Karte aus.',
  },
  'job-over': {
    say: 'Der Auftrag an den Rechner ist vorbei.',
    todo: 'Die Anfrage zeigt, wie es steht und ob Sie noch einmal beginnen können.',
  },
  'number-wrong': {
    say: 'Die Zahl, die am Rechner eingegeben wurde, war falsch.',
    todo: 'Beginnen Sie noch einmal und geben Sie die neue Zahl ein.',
  },
  'shows-used-up': {
    say: 'Der Pass wurde so oft gezeigt, wie es erlaubt ist.',
    todo: 'Bitte rufen Sie den Helpdesk an.',
  },
  'show-not-prepared': {
    say: 'Die Minute zum Zeigen des Passes ist vorbei.',
    todo: 'Lassen Sie den Pass noch einmal vorbereiten. Es ist nichts verloren.',
  },
  'show-slow': {
    say: 'Der Pass wurde nicht gezeigt: Es hat zu lange gedauert.',
    todo: 'Lassen Sie einen neuen vorbereiten; der alte endet dann.',
  },
  'pass-under-way': {
    say: 'Zu dieser Anfrage wurde schon ein Pass gezeigt, darum lässt sich der Weg jetzt nicht mehr ändern.',
    todo: 'Machen Sie mit dem Pass weiter, oder fragen Sie den Helpdesk.',
  },
  'choose-workstation-first': {
    say: 'Mit Ihnen sind mehrere Rechner verbunden.',
    todo: 'Wählen Sie einen.',
  },
  'workstation-confirmed': {
    say: '{name} ist schon bestätigt und bleibt verbunden.',
    todo: 'Soll er weg, schreiben Sie „Rechner“.',
  },
  'workstation-removed': {
    say: 'Dieser Rechner wurde entfernt.',
    todo: 'Wählen Sie einen anderen, oder machen Sie mit einem Pass weiter.',
  },
  'show-in-progress': { say: 'Ein Pass entsteht gerade.', todo: 'Warten Sie zehn Sekunden und aktualisieren Sie.' },
  'press-show-again': {
    say: 'Dieser Klick ist schon verbraucht.',
    todo: 'Wenn Sie einen neuen Pass brauchen: erst vorbereiten, dann zeigen lassen.',
  },
  'show-needs-execute': {
    say: 'Diese Version von Teams kann den Pass nicht sicher zeigen.',
    todo: 'Bitte nutzen Sie die aktuelle Teams-App oder Teams im Browser.',
  },
  'pass-withheld': {
    say: 'Der Pass konnte nicht sicher gezeigt werden und wurde zurückgenommen.',
    todo: 'Lassen Sie einen neuen vorbereiten. Es ist nichts verloren.',
  },
  'person-unknown': {
    say: 'Wir haben niemanden mit diesem Namen gefunden.',
    todo: 'Bitte schreiben Sie den vollen Namen oder die Mailadresse.',
  },
  'person-ambiguous': { say: 'Mehrere Personen heißen so.', todo: 'Wählen Sie die richtige.' },
  'ticket-unknown': {
    say: 'Wir kennen keine Anfrage mit dieser Nummer, die Sie sehen dürfen.',
    todo: 'Schauen Sie noch einmal hin, oder schreiben Sie „meine Anfragen“.',
  },
  'ticket-number-missing': {
    say: 'Dazu gehört die Nummer einer Anfrage.',
    todo: 'Schreiben Sie die Nummer dazu: „{command} KV-7Q2M-9D“.',
  },
  'not-installed': {
    say: 'Diese Person ist hier in Teams nicht erreichbar.',
    todo: 'Sie öffnet Keyvouch einmal in Teams, oder jemand übergibt den Pass.',
  },
  'not-a-member': {
    say: 'Keyvouch ist nur für Mitglieder dieser Organisation.',
    todo: 'Bitte nutzen Sie Ihr Arbeitskonto.',
  },
  'other-tenant': {
    say: 'Keyvouch ist für eine Organisation da, und dieses Konto gehört zu einer anderen.',
    todo: 'Bitte nutzen Sie Ihr Arbeitskonto.',
  },
};
