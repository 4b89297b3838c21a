import { z } from 'zod';
import { decodeCredentialId, encodeBase64Url } from '../../agent/protocol/credential-id';
import { type Graph } from './client/graph';
import { CreationOptionsReply, type CreationOptions } from './creation-options';
import { deleteMethod } from './delete-method';
import { explainPasskeyRefusal } from './passkey-refusals';
import { paths } from './paths';
import { explainUnknownPerson } from './people';

/** Entra keeps this many characters of a passkey's name. */
const LONGEST_NAME = 30;

/** A passkey that Entra holds for a user (`fido2AuthenticationMethod`). */
export interface Passkey {
  /** Entra's own id of the method: opaque, used to delete it. */
  id: string;
  displayName: string;
  createdAt?: Date;
  /** Lower case. */
  aaguid?: string;
  /** Filled by Entra from metadata: "Security Key NFC by Yubico". */
  model?: string;
  attestation?: 'attested' | 'notAttested';
  passkeyType?: 'deviceBound' | 'synced';
  /** The credential ids that `id` can stand for, the likeliest first (it is the credential id in one of three encodings). */
  credentialIds: Uint8Array[];
}

/** What a workstation brings back from a key. All in raw bytes. */
export interface PasskeyRegistration {
  /** Cut to 30 characters. */
  displayName: string;
  credentialId: Uint8Array;
  clientDataJSON: Uint8Array;
  attestationObject: Uint8Array;
  clientExtensionResults?: Readonly<Record<string, unknown>>;
}

/** The passkeys (FIDO2) of one user. */
export interface Passkeys {
  /** A new challenge, good for five minutes: ask for it at the last moment. */
  creationOptions: (userId: string) => Promise<CreationOptions>;
  /**
   * Never repeated by itself after an unclear failure. With `facts.ambiguous` the same registration may be sent again
   * (`passkey-already-registered` then says that the first one arrived), until the challenge ends.
   */
  create: (userId: string, registration: PasskeyRegistration, options?: { timeoutMs?: number }) => Promise<Passkey>;
  /** Lags behind a registration by seconds. */
  list: (userId: string) => Promise<Passkey[]>;
  /** `gone`: it was not there any more. */
  delete: (userId: string, methodId: string) => Promise<'deleted' | 'gone'>;
}

const lower = (value: string): string => value.toLowerCase();

/** Parses a `fido2AuthenticationMethod`. */
export const PasskeyReply = z
  .object({
    id: z.string().min(1),
    displayName: z.string().nullish(),
    createdDateTime: z.string().datetime({ offset: true }).nullish(),
    aaGuid: z.string().nullish(),
    model: z.string().nullish(),
    attestationLevel: z.string().nullish(),
    passkeyType: z.string().nullish(),
  })
  .transform((method): Passkey => ({
    id: method.id,
    displayName: method.displayName ?? '',
    credentialIds: decodeCredentialId(method.id),
    ...(method.createdDateTime ? { createdAt: new Date(method.createdDateTime) } : {}),
    ...(method.aaGuid ? { aaguid: lower(method.aaGuid) } : {}),
    ...(method.model ? { model: method.model } : {}),
    ...(method.attestationLevel === 'attested' || method.attestationLevel === 'notAttested'
      ? { attestation: method.attestationLevel }
      : {}),
    ...(method.passkeyType === 'deviceBound' || method.passkeyType === 'synced'
      ? { passkeyType: method.passkeyType }
      : {}),
  }));

/** {@link Passkeys} over Graph. */
export function createPasskeys(graph: Graph): Passkeys {
  return {
    creationOptions: async (userId) => {
      const { data } = await graph.ask(
        {
          operation: 'passkeys.creationOptions',
          method: 'GET',
          path: paths.creationOptions(userId),
          repeat: 'read',
          explain: explainPasskeyRefusal,
        },
        CreationOptionsReply,
      );
      return data;
    },
    create: async (userId, registration, options = {}) => {
      const { data } = await graph.ask(
        {
          operation: 'passkeys.create',
          method: 'POST',
          path: paths.passkeys(userId),
          repeat: 'once',
          body: bodyOf(registration),
          explain: explainPasskeyRefusal,
          ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
        },
        PasskeyReply,
      );
      return data;
    },
    list: async (userId) =>
      graph.list(
        {
          operation: 'passkeys.list',
          method: 'GET',
          path: paths.passkeys(userId),
          repeat: 'read',
          explain: explainUnknownPerson,
        },
        PasskeyReply,
      ),
    delete: async (userId, methodId) =>
      deleteMethod(graph, { operation: 'passkeys.delete', path: paths.passkey(userId, methodId) }),
  };
}

/** The body as Entra takes it: base64url without padding, no members beside these. */
function bodyOf(registration: PasskeyRegistration): unknown {
  return {
    // A pair of surrogates is not cut in two.
    displayName: registration.displayName.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, ''),
    publicKeyCredential: {
      id: encodeBase64Url(registration.credentialId),
      response: {
        clientDataJSON: encodeBase64Url(registration.clientDataJSON),
        attestationObject: encodeBase64Url(registration.attestationObject),
      },
      clientExtensionResults: registration.clientExtensionResults ?? {},
    },
  };
}

/** The passkey in `list` that is the credential `credentialId`, however Entra wrote its id. */
export function passkeyWith(list: readonly Passkey[], credentialId: Uint8Array): Passkey | undefined {
  return list.find(({ credentialIds }) => credentialIds.some((id) => Buffer.from(id).equals(credentialId)));
}

/** Whether the credential `credentialId` is in `list`. */
export function hasCredential(list: readonly Passkey[], credentialId: Uint8Array): boolean {
  return passkeyWith(list, credentialId) !== undefined;
}
