import * as z from 'zod/v4';
import * as contents from './contents';
import * as doctor from './doctor';
import * as key from './key';
import * as service from './service';

/** What `--json` prints on success, for each command. What is printed is parsed by these first. */
export const DOCUMENTS = {
  keys: key.keys,
  info: key.info,
  'pin set': key.pinResult,
  'pin change': key.pinResult,
  'pin check': key.pinResult,
  'passkeys list': contents.passkeyList,
  'passkeys delete': contents.passkeyDeleted,
  'passkeys rename': contents.passkeyRenamed,
  'fingerprints list': contents.fingerprintList,
  'fingerprints add': contents.fingerprintAdded,
  'fingerprints rename': contents.fingerprintRenamed,
  'fingerprints remove': contents.fingerprintRemoved,
  'config show': contents.config,
  'config set': contents.configSet,
  'blobs list': contents.blobList,
  'blobs read': contents.blobRead,
  'blobs write': contents.blobWritten,
  'blobs delete': contents.blobDeleted,
  reset: key.erased,
  wink: key.winked,
  pair: service.paired,
  run: service.ran,
  status: service.status,
  unpair: service.unpaired,
  doctor: doctor.report,
} as const;

/** A command that can print JSON. */
export type DocumentName = keyof typeof DOCUMENTS;

/** What a command gives for `--json`. */
export type DocumentOf<K extends DocumentName> = z.input<(typeof DOCUMENTS)[K]>;

/** What every command prints with `--json` when it fails. */
export const FAILURE = z.object({ error: key.faultWords });

/** The document as it is printed; throws where a command does not keep to its shape. */
export function documentOf(name: DocumentName, document: unknown): unknown {
  return DOCUMENTS[name].parse(document);
}
