import { type Words } from '../en';
import { type lockedRefusals as Refusals } from '../en/locked';

/** Ein Schlüssel, der sich nicht öffnet: Er wird angesehen und, wo nichts anderes hilft, gelöscht und neu eingerichtet. */
export const locked: Pick<Words, 'locked'> = {
  locked: {
    look: {
      title: 'Zuerst sehen wir uns den Schlüssel an',
      text: 'Halten Sie den Schlüssel bereit. Ihr Rechner liest, wie es um ihn steht: Es wird nichts geschrieben, keine PIN gebraucht, und niemand muss zustimmen.',
      desk: 'Stecken Sie den Schlüssel von {subject} an **{workstation}** an. Dort wird gelesen, wie es um ihn steht: Es wird nichts geschrieben, und niemand muss zustimmen.',
      unpaired:
        'Dafür muss Ihr Rechner mit Ihnen verbunden sein. Das Verbinden dauert zwei Minuten. Kommen Sie dann zu dieser Karte zurück.',
      which: 'An welchem Rechner ist der Schlüssel?',
      elsewhere:
        '{name} sieht sich zuerst den Schlüssel an. Um Zustimmung wird nur gebeten, wenn er gelöscht werden muss.',
    },
    verdicts: {
      'blocked-for-ever': {
        title: 'Der Schlüssel ist endgültig gesperrt',
        text: 'Die PIN wurde zu oft falsch eingegeben. Es hilft nur, ihn zu löschen und neu einzurichten.',
      },
      'blocked-until-replug': {
        title: 'Der Schlüssel ist nicht endgültig gesperrt',
        text: 'Nach drei falschen Versuchen hintereinander muss er abgezogen werden. Ziehen Sie ihn ab, stecken Sie ihn wieder an und geben Sie die richtige PIN ein.',
      },
      'change-forced': {
        title: 'Der Schlüssel braucht eine neue PIN',
        text: 'Seine PIN muss vor dem ersten Gebrauch geändert werden. Starten Sie am Rechner den Agenten mit dem Befehl unten: Er fragt nach der alten und dann nach der neuen PIN.',
      },
      'no-pin': {
        title: 'Der Schlüssel hat keine PIN',
        text: 'Er ist leer: neu oder gelöscht. Was vorher darauf war, ist weg, deshalb können Sie sich damit nicht anmelden. Er kann neu eingerichtet werden.',
      },
      'tries-left': {
        title: 'Der Schlüssel ist nicht gesperrt',
        text: 'Die richtige PIN öffnet ihn.',
      },
    },
    tries: 'Falsche Versuche, die noch bleiben: {count}. Danach sperrt er sich endgültig.',
    ways: 'Wenn niemand mehr die PIN weiß, sagen Sie es: Dann wird der Schlüssel gelöscht und neu eingerichtet, sobald jemand zugestimmt hat.',
    modelOut:
      'Schlüssel dieses Modells können hier nicht mehr eingerichtet werden. Deshalb wird er nicht gelöscht: Sie hätten sonst keinen mehr. Bitten Sie den Helpdesk um einen anderen Schlüssel.',
    pick: {
      title: 'Was davon ist auf dem Schlüssel?',
      text: 'Der Schlüssel sagt es nicht selbst. Sehen Sie bitte genau hin: Was Sie wählen, wird vom Konto genommen, sobald der Schlüssel gelöscht ist, und kann nicht mehr benutzt werden.',
      label: 'Auf diesem Schlüssel',
      likely: '{key} (gleiches Modell)',
      none: 'Nichts davon',
      missing: 'Bitte wählen Sie etwas aus.',
    },
    reset: {
      title: 'Den Schlüssel löschen',
      text: 'An **{workstation}** führt der Agent Sie: Schlüssel abziehen, wieder anstecken und innerhalb von Sekunden berühren. Alles auf ihm wird gelöscht, auch was andere Seiten dort abgelegt haben.',
      unknown: 'Noch weiß niemand, ob der Schlüssel gelöscht wurde',
      unknownText:
        '{workstation} ist mittendrin verstummt. Wir sehen uns den Schlüssel zuerst an: Dabei wird nichts geschrieben. Erst danach, und nur wenn Sie es dort sagen, wird er noch einmal gelöscht.',
    },
    register:
      'Der Schlüssel ist jetzt leer. Mit dem nächsten Schritt wird er wieder Ihrer: mit neuer PIN und neuem Passkey.',
    box: {
      title: 'Der Schlüssel',
      model: 'Modell: {model}',
      silent: 'Auf ihm ist: {names}. Das hat der Schlüssel selbst gezeigt.',
      person:
        'Auf ihm ist: {names}. Das sagt {name}. Der Schlüssel selbst sagt es nicht: Fragen Sie bitte nach, woher das bekannt ist.',
      none: 'Keiner der Schlüssel dieses Kontos ist darauf. Das sagt {name}. Der Schlüssel selbst sagt es nicht.',
      others:
        'Alles andere auf dem Schlüssel geht mit, auch was andere Seiten dort abgelegt haben. Hier lässt es sich nicht auflisten.',
      forgotten: '{name} weiß die PIN nicht mehr.',
      erased: 'Der Schlüssel wurde gelöscht.',
      unknown: 'Ob der Schlüssel gelöscht wurde, ist noch nicht bekannt.',
    },
    removal: {
      title: 'Sein Eintrag am Konto',
      named: '{name}: geht, sobald der Schlüssel gelöscht ist',
      due: '{name}: wird gerade entfernt',
      removed: '{name}: entfernt',
      kept: '{name}: bleibt am Konto',
      useless:
        'Der Schlüssel wurde gelöscht, deshalb kann sich mit {name} niemand mehr anmelden. Am Konto steht der Eintrag noch.',
    },
    approve: {
      removes: 'Sobald der Schlüssel gelöscht ist, wird vom Konto genommen: {names}.',
      removesNone: 'Vom Konto wird nichts genommen.',
      happens:
        'Sie bekommen einen Code mit 6 Ziffern und geben ihn {subject} persönlich, im Video oder am Telefon. Nur damit kann {subject} den Schlüssel löschen und neu einrichten.',
    },
    over: {
      title: 'Es war nichts zu tun',
      text: 'Der Schlüssel wurde angesehen und nicht verändert.',
      expired:
        'Der Schlüssel wurde gelöscht und ist leer. Anmelden kann man sich damit erst wieder nach einer neuen Anfrage und dem Einrichten.',
    },
  },
};

export const lockedRefusals: {
  readonly [Code in keyof typeof Refusals]: { readonly say: string; readonly todo: string };
} = {
  'already-diagnosed': {
    say: 'Der Schlüssel wurde angesehen, und um Zustimmung wurde gebeten.',
    todo: 'Öffnen Sie die Anfrage, um zu sehen, wie sie steht.',
  },
  'diagnosis-missing': {
    say: 'Der Schlüssel muss zuerst angesehen werden.',
    todo: 'Beginnen Sie damit auf der Karte der Anfrage, mit angestecktem Schlüssel.',
  },
  'erase-unknown': {
    say: 'Noch kann niemand sagen, ob der Schlüssel gelöscht wurde.',
    todo: 'Beginnen Sie noch einmal mit angestecktem Schlüssel: Er wird zuerst angesehen, dabei wird nichts gelöscht.',
  },
  'erased-another-key': {
    say: 'Der gelöschte Schlüssel ist nicht der, dem zugestimmt wurde. Deshalb wurde nichts vom Konto genommen.',
    todo: 'Der Helpdesk klärt mit Ihnen, welcher Schlüssel es war.',
  },
};
