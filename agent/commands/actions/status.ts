import { fingerprintWords } from '../../protocol/fingerprint';
import { dataDirectory } from '../../service/data-directory';
import { type Pairing, pairingStore } from '../../service/pairing-file';
import { type KeyPlace, keyPlaceWords, workstationKeyStore } from '../../service/workstation-key-store';
import { type Outcome } from '../run-command';
import { type StatusOptions } from '../status';
import { rows } from './rows';

/** Shows the pairing of this workstation, from its own files. */
export async function status({ data }: StatusOptions): Promise<Outcome<'status'>> {
  const directory = dataDirectory(data);
  const { pairing } = await pairingStore(directory).read();
  const place = pairing && (await workstationKeyStore(directory).place(pairing.thumbprint));
  return {
    document: forPrograms(directory, pairing, place),
    text: pairing ? forPeople(directory, pairing, place) : `This workstation is not paired (${directory}).`,
  };
}

function forPrograms(
  data: string,
  pairing: Pairing | undefined,
  place: KeyPlace | undefined,
): Outcome<'status'>['document'] {
  if (!pairing) return { state: 'not-paired', data };
  const { service, workstation, name, person, kind, state, thumbprint, pinned, pairedAt, keySince } = pairing;
  return {
    ...{ service, workstation, name, person, kind, state, thumbprint, pairedAt, data },
    words: fingerprintWords(thumbprint),
    pinned: pinned.map(({ kid }) => kid),
    keySince: keySince ?? pairedAt,
    keyIn: place === undefined ? null : place.kind === 'os' ? place.store : 'file',
  };
}

function forPeople(data: string, pairing: Pairing, place: KeyPlace | undefined): string {
  const { service, name, workstation, person, kind, state, thumbprint, pinned, pairedAt } = pairing;
  return rows([
    ['State', state === 'active' ? 'paired' : 'waits to be confirmed in the chat'],
    ['Service', service],
    ['Workstation', `${name} (${workstation}${kind === 'desk' ? ', desk' : ''})`],
    ['Person', person],
    ['Words', fingerprintWords(thumbprint).join('  ')],
    ['Paired at', pairedAt],
    ['Key', place ? keyPlaceWords(place) : 'gone: pair this workstation again'],
    ['Service keys', pinned.map(({ kid }) => kid).join(', ')],
    ['Data', data],
  ]);
}
