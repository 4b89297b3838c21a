import { decodeCredentialId } from '../../../../agent/protocol/credential-id';
import { type ResultRequest } from '../../../../agent/protocol/messages';
import { type SecurityKey } from '../../../local/entra';
import { type Maker } from '../../../local/entra/software-authenticator.fixture';
import { clientData } from '../../../local/entra/signin/client-data';

type OneOf<O extends ResultRequest['outcome']> = Omit<Extract<ResultRequest, { outcome: O }>, 'jobDigest'>;

/** What an agent tells of the key that is in its port: nothing but what is so of it. */
export interface KeyInPort {
  register(options: { challenge: string; user: CreationUser }): Promise<OneOf<'made'>>;
  /** @param asked the job's passkeys, by which the key is known */
  inspect(asked: readonly string[]): OneOf<'inspected'>;
  erase(asked: readonly string[]): OneOf<'erased'>;
  /** When it was erased, ISO 8601. */
  erasedAt(): string | undefined;
}

/** The user of `PublicKeyCredentialCreationOptionsJSON`; the id is base64url. */
interface CreationUser {
  id: string;
  name: string;
  displayName: string;
}

export interface PortOptions {
  key: SecurityKey;
  maker: Maker;
  /** Entra's id of the passkey on it whose PIN was typed wrong until the key locked for ever; undefined: an empty key. */
  locked?: string;
  now: () => Date;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
/** Entra spells one and the same id in several ways. */
const readings = (id: string) => decodeCredentialId(id).map(text);

export function keyInPort({ key, maker, locked, now }: PortOptions): KeyInPort {
  let holds = locked === undefined ? [] : readings(locked);
  let pin: 'none' | 'set' | 'locked' = locked === undefined ? 'none' : 'locked';
  let erasedAt: string | undefined;
  const answering = (asked: readonly string[]) => asked.filter((id) => readings(id).some((one) => holds.includes(one)));

  return {
    erasedAt: () => erasedAt,
    async register({ challenge, user }) {
      const clientDataJSON = clientData('webauthn.create', challenge);
      const handle = { ...user, id: new Uint8Array(Buffer.from(user.id, 'base64url')) };
      const { credentialId, attestationObject } = await key.register({ clientDataJSON, user: handle, exclude: [] });
      holds = [...holds, text(credentialId)];
      pin = 'set';
      return {
        outcome: 'made',
        credentialId: text(credentialId),
        clientDataJSON: text(clientDataJSON),
        attestationObject: text(attestationObject),
        transports: ['usb'],
      };
    },
    inspect: (asked) => ({
      outcome: 'inspected',
      report: {
        ...{ aaguid: maker.aaguid, firmware: '5.7.1', versions: ['FIDO_2_0', 'FIDO_2_1'], fingerprints: 'no-reader' },
        pin: {
          set: pin !== 'none',
          retriesLeft: pin === 'none' ? null : pin === 'set' ? 8 : 0,
          blocked: pin === 'locked' ? 'for-ever' : 'no',
          ...{ changeForced: false, minimumLength: 4 },
        },
        ...{ roomLeft: 24, alwaysUv: false, answered: answering(asked) },
      },
    }),
    erase(asked) {
      const matched = answering(asked);
      holds = [];
      pin = 'none';
      erasedAt ??= now().toISOString();
      return {
        ...{ outcome: 'erased', erased: true, aaguid: maker.aaguid, matched },
        matchedBy: matched.length > 0 ? 'silent' : 'person',
      };
    },
  };
}
