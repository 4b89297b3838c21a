import { z } from 'zod';
import { keyBusy, keyMalformed } from '../hid/faults';
import { Fault } from '../protocol/fault';
import { Secret } from '../protocol/secret';
import { type CborMap, cborMap, type CborValue, encodeCbor } from './cbor';
import { hasStatus } from './ctap-fault';
import { CTAP2, type Ctap, type Send } from './ctap';
import { credentialDescriptor } from './descriptor';
import { type AuthenticatorInfo } from './get-info';
import { PERMISSION, type PinToken } from './pin-token';
import { bytes, largeBlobKey, readReply } from './reply';
import { STATUS } from './status';

/** Subcommands of authenticatorCredentialManagement (CTAP 2.1 §6.8). */
const SUB = {
  getCredsMetadata: 0x01,
  enumerateRpsBegin: 0x02,
  enumerateRpsNext: 0x03,
  enumerateCredsBegin: 0x04,
  enumerateCredsNext: 0x05,
  deleteCredential: 0x06,
  updateUserInformation: 0x07,
} as const;

const REPLY = {
  0x01: 'existing',
  0x02: 'remaining',
  0x03: 'rp',
  0x04: 'rpIdHash',
  0x05: 'totalRps',
  0x06: 'user',
  0x07: 'credentialId',
  0x08: 'publicKey',
  0x09: 'totalCredentials',
  0x0a: 'credProtect',
  0x0b: 'largeBlobKey',
  0x0c: 'thirdPartyPayment',
};

/** No key holds more; one that claims so is not followed. */
const MOST = 1000;

const count = z.number().int().nonnegative();
const anyMap = z.map(z.unknown(), z.unknown());
const text = z.string().optional().catch(undefined);
const metadataSchema = z.object({ existing: count, remaining: count });
const rpSchema = z.object({
  rp: anyMap
    .transform((map) => ({ id: map.get('id'), name: map.get('name') }))
    .pipe(z.object({ id: z.string(), name: text })),
  rpIdHash: bytes,
  totalRps: count.optional(),
});
const credentialSchema = z.object({
  user: anyMap
    .transform((map) => ({ id: map.get('id'), name: map.get('name'), displayName: map.get('displayName') }))
    .pipe(z.object({ id: bytes, name: text, displayName: text })),
  credentialId: anyMap.transform((map) => map.get('id')).pipe(bytes),
  credProtect: count.optional().catch(undefined),
  largeBlobKey: largeBlobKey.optional().catch(undefined),
  thirdPartyPayment: z.boolean().optional().catch(undefined),
  totalCredentials: count.optional(),
});

/** A relying party that has passkeys on the key. */
export interface RelyingParty {
  id: string;
  name: string | undefined;
  rpIdHash: Uint8Array;
}

/** A passkey on the key. */
export interface StoredCredential {
  credentialId: Uint8Array;
  user: { id: Uint8Array; name: string | undefined; displayName: string | undefined };
  /** 1 to 3 (CTAP 2.1 §12.1). */
  credProtect: number | undefined;
  /** Opens what is stored for this passkey among the large blobs (CTAP 2.1 §12.3). */
  largeBlobKey?: Secret<Uint8Array>;
  /** Whether it may pay on other sites too (CTAP 2.2). */
  thirdPartyPayment?: boolean;
}

/** What can be done with the passkeys on a key. All of it needs a token with the permission credentialManagement. */
export interface CredentialManagement {
  metadata(): Promise<{ existing: number; remaining: number }>;
  relyingParties(): Promise<RelyingParty[]>;
  credentials(rpIdHash: Uint8Array): Promise<StoredCredential[]>;
  deleteCredential(credentialId: Uint8Array): Promise<void>;
  /** Not in the preview version: Fault `key-refused`. */
  updateUser(credentialId: Uint8Array, user: { id: Uint8Array; name: string; displayName: string }): Promise<void>;
}

/** The command by which this key manages credentials; undefined when it cannot. */
export function credentialManagementCommand(info: AuthenticatorInfo): number | undefined {
  if (info.options['credMgmt'] === true) return CTAP2.credentialManagement;
  // Keys from before CTAP 2.1 have it under a number of their own.
  if (info.options['credentialMgmtPreview'] === true) return CTAP2.credentialManagementPreview;
  return undefined;
}

/** The least permission that lists passkeys: keys since CTAP 2.2 have one that can change nothing. */
export function listingPermission(info: AuthenticatorInfo): number {
  return info.options['perCredMgmtRO'] === true
    ? PERMISSION.persistentCredentialManagementReadOnly
    : PERMISSION.credentialManagement;
}

/** Speaks authenticatorCredentialManagement to a key, by the command that {@link credentialManagementCommand} gave. */
export function createCredentialManagement(ctap: Ctap, command: number, token: PinToken): CredentialManagement {
  function ask(send: Send, subCommand: number, parameters?: CborMap): Promise<CborValue> {
    const signed = Buffer.concat([Buffer.of(subCommand), parameters ? encodeCbor(parameters) : Buffer.alloc(0)]);
    return send(
      command,
      cborMap([
        [0x01, subCommand],
        [0x02, parameters],
        [0x03, token.protocol],
        [0x04, token.authenticate(signed)],
      ]),
    );
  }

  /** Begin, then next, next …: the key keeps the place, so nothing else may be sent meanwhile (and next is not signed). */
  function enumerate<T extends { total: number | undefined }>(
    begin: number,
    next: number,
    parameters: CborMap | undefined,
    read: (reply: CborValue) => T,
  ): Promise<T[]> {
    const once = async (send: Send): Promise<T[]> => {
      const reply = await ask(send, begin, parameters).catch((error: unknown) => {
        if (!hasStatus(error, STATUS.NO_CREDENTIALS)) throw error;
        return undefined;
      });
      if (isEmpty(reply)) return [];
      const first = read(reply);
      const total = first.total ?? 1;
      if (total > MOST) throw keyMalformed(`claims to hold ${total} entries`);
      const found = [first];
      while (found.length < total) found.push(read(await follow(send)));
      return found;
    };
    const follow = (send: Send) =>
      send(command, cborMap([[0x01, next]])).catch((error: unknown) => {
        throw hasStatus(error, STATUS.NOT_ALLOWED) ? keyBusy(error) : error;
      });
    return ctap.sequence(async (send) => {
      try {
        return await once(send);
      } catch (error) {
        // Another program has spoken with the key in between, and it has lost its place: from the beginning, once.
        if (!(error instanceof Fault && error.code === 'key-busy')) throw error;
        return once(send);
      }
    });
  }

  return {
    async metadata() {
      return readReply('getCredsMetadata', await ask(ctap.send, SUB.getCredsMetadata), REPLY, metadataSchema);
    },
    async relyingParties() {
      const read = (reply: CborValue) => {
        const { rp, rpIdHash, totalRps } = readReply('enumerateRPs', reply, REPLY, rpSchema);
        return { id: rp.id, name: rp.name, rpIdHash, total: totalRps };
      };
      const found = await enumerate(SUB.enumerateRpsBegin, SUB.enumerateRpsNext, undefined, read);
      return found.map(({ id, name, rpIdHash }) => ({ id, name, rpIdHash }));
    },
    async credentials(rpIdHash) {
      const read = (reply: CborValue) => {
        const { totalCredentials, ...rest } = readReply('enumerateCredentials', reply, REPLY, credentialSchema);
        return { ...rest, total: totalCredentials };
      };
      const parameters = cborMap([[0x01, rpIdHash]]);
      const found = await enumerate(SUB.enumerateCredsBegin, SUB.enumerateCredsNext, parameters, read);
      return found.map(({ credentialId, user, credProtect, largeBlobKey: blobKey, thirdPartyPayment }) => ({
        credentialId,
        user: { id: user.id, name: user.name, displayName: user.displayName },
        credProtect,
        ...(blobKey && { largeBlobKey: new Secret(blobKey) }),
        ...(thirdPartyPayment !== undefined && { thirdPartyPayment }),
      }));
    },
    async deleteCredential(credentialId) {
      await ask(ctap.send, SUB.deleteCredential, cborMap([[0x02, credentialDescriptor(credentialId)]]));
    },
    async updateUser(credentialId, { id, name, displayName }) {
      const user = cborMap([
        ['id', id],
        ['name', name],
        ['displayName', displayName],
      ]);
      const parameters = cborMap([
        [0x02, credentialDescriptor(credentialId)],
        [0x03, user],
      ]);
      await ask(ctap.send, SUB.updateUserInformation, parameters);
    },
  };
}

/** Some keys answer "none" with an empty map, or with a total of 0, instead of the status for it. */
function isEmpty(reply: CborValue): boolean {
  if (reply === undefined) return true;
  return reply instanceof Map && (reply.size === 0 || reply.get(0x05) === 0 || reply.get(0x09) === 0);
}
