import { type Words } from '../en';

/** Was liest, wer entscheidet. */
export const approving: Pick<Words, 'approval' | 'vouchCode'> = {
  approval: {
    summary: 'Eine Anfrage braucht Ihre Entscheidung',
    self: '{subject} bittet um {what}',
    behalf: '{requester} bittet um {what} für {subject}',
    title: 'Stelle',
    department: 'Abteilung',
    manager: 'Führungskraft',
    phone: 'Telefon im Verzeichnis',
    noPhone: 'keine Nummer',
    noCallBack: 'Im Verzeichnis steht keine Nummer, darum können Sie keinen Rückruf wählen.',
    usedAt: 'Gilt für diese Rechner: {names}.',
    usedNowhere: 'Noch ist kein Rechner verbunden. {subject} wird einen bestätigen.',
    happens: 'Wenn Sie zustimmen',
    happensVouch:
      'Sie bekommen einen Code mit 6 Ziffern und geben ihn persönlich, im Video oder am Telefon weiter. Nur damit kann {subject} einen Schlüssel einrichten oder einen Pass sehen.',
    happensOpen:
      'In Ihrer Organisation ist dafür kein Code nötig. {subject} kann einen Schlüssel einrichten oder einen Pass für die Anmeldung sehen.',
    removes: 'Innerhalb von zehn Minuten werden vom Konto genommen: {names}. Und es wird überall abgemeldet.',
    removed: 'Schon vom Konto genommen, weil {subject} es gemeldet hat: {names}.',
    happensReturn: 'Niemand bekommt einen Schlüssel oder einen Pass.',
    happensPass:
      'Sie bekommen einen Code mit 6 Ziffern und geben ihn {subject} persönlich, im Video oder am Telefon. Nur damit kann {subject} einen Pass zum Anmelden sehen.',
    valid: 'Ihre Zustimmung gilt nur für diese eine Anfrage.',
    risks: 'Bitte beachten',
    how: 'Woran haben Sie die Person erkannt?',
    howHint: 'Ein Chat oder eine Mail genügt nicht: Da kann jemand anderes schreiben.',
    why: 'Warum nicht? Wer angefragt hat, wird das lesen.',
    whyMissing: 'Bitte schreiben Sie einen kurzen Grund.',
    until: 'Offen bis {when}.',
    needed: '{needed} Personen müssen zustimmen. Bisher: {count}.',
    youApproved: 'Sie haben zugestimmt',
    youApprovedText: 'Erkannt: {how}. {when}.',
    giveCode:
      'Geben Sie {subject} jetzt den Code so, wie Sie die Person erkannt haben: persönlich, im Video oder per Rückruf.',
    codeUsed: '{subject} hat den Code eingegeben.',
    codeDead: 'Der Code wurde dreimal falsch eingegeben und gilt nicht mehr.',
    codeDeadStop: 'Rufen Sie {subject} an. War es jemand anderes, drücken Sie „Das stimmt nicht …“.',
    codeDeadTell: 'Rufen Sie {subject} an. War es jemand anderes, sagen Sie es sofort dem Helpdesk.',
    othersNeeded: 'Auch andere müssen zustimmen. Danach kommt der Code.',
    decidedByOthers: 'Andere haben entschieden. Sie müssen nichts tun.',
  },

  vouchCode: {
    title: 'Code für {subject}',
    intro:
      'Geben Sie {subject} diesen Code so, wie Sie die Person erkannt haben: persönlich, im Video oder per Rückruf.',
    never: 'Nicht per Chat oder Mail. Wer den Code und das Konto hat, bekommt einen Schlüssel.',
    neverPass: 'Nicht per Chat oder Mail. Wer den Code und das Konto hat, bekommt einen Pass.',
    until: 'Gültig bis {when}. Drei Versuche.',
    alt: 'Code mit 6 Ziffern',
  },
};
