import { isoTime } from './clock';
import { requirePerson, transitiveGroupIds } from './directory';
import { endOf, usabilityOf } from './passes/usability';
import { encodeId } from './passkeys/id-encoding';
import type { Tenant } from './tenant';

/** Everything that the tenant really holds about one person, whatever lists show yet. Never a pass's value. */
export const viewOf = (tenant: Tenant, idOrUpn: string) => {
  const { state } = tenant;
  const person = requirePerson(state.directory, idOrUpn);
  const mine = (row: { userId: string }): boolean => row.userId === person.id;
  return {
    id: person.id,
    userPrincipalName: person.userPrincipalName,
    displayName: person.displayName,
    accountEnabled: person.accountEnabled,
    managerId: person.managerId,
    signInSessionsValidFromDateTime: person.signInSessionsValidFromDateTime,
    groupIds: transitiveGroupIds(state.directory, person.id),
    /** All passes, ended ones too, oldest first. */
    passes: state.methods.passes.filter(mine).map((pass) => ({
      id: pass.id,
      alive: pass.endedAt === null,
      usability: pass.endedAt === null ? usabilityOf(tenant, person, pass) : null,
      createdAt: isoTime(pass.createdAt),
      startsAt: isoTime(pass.startsAt),
      endsAt: isoTime(endOf(pass)),
      isUsableOnce: pass.isUsableOnce,
      usedAt: pass.usedAt === null ? null : isoTime(pass.usedAt),
      endedAt: pass.endedAt === null ? null : isoTime(pass.endedAt),
      endedBy: pass.endedBy,
    })),
    /** All passkeys, ended ones too, oldest first. `id` as Graph writes it now. */
    passkeys: state.methods.passkeys.filter(mine).map((passkey) => ({
      id: encodeId(passkey.credentialId, tenant.switches.get().idEncoding),
      credentialId: passkey.credentialId,
      alive: passkey.endedAt === null,
      displayName: passkey.displayName,
      aaGuid: passkey.aaGuid,
      model: passkey.model,
      attestationLevel: passkey.attestationLevel,
      createdAt: isoTime(passkey.createdAt),
      endedAt: passkey.endedAt === null ? null : isoTime(passkey.endedAt),
      lastUsedAt: passkey.lastUsedAt === null ? null : isoTime(passkey.lastUsedAt),
    })),
    otherMethods: state.methods.otherMethods.filter(mine).map(({ id, kind, detail }) => ({ id, kind, detail })),
    signIns: state.logs.signIns.filter(mine).map((row) => ({
      id: row.id,
      at: isoTime(row.at),
      method: row.method,
      errorCode: row.errorCode,
      failureReason: row.failureReason,
    })),
  };
};
export type View = ReturnType<typeof viewOf>;
