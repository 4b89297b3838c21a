import { northwindHarbour, people, type Seed } from '../../../local/entra';

type SeedPerson = NonNullable<Seed['people']>[number];

/** An account that a proof may do with as it likes. */
export interface Account {
  id: string;
  upn: string;
}

/** Object id of the n-th of the crowd. */
const idOf = (n: number): string => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function accountOf(n: number): Account {
  return { id: idOf(n), upn: `crowd-${n}@northwind-harbour.example` };
}

function personOf(n: number): SeedPerson {
  const { id, upn } = accountOf(n);
  return {
    id,
    userPrincipalName: upn,
    displayName: `Crowd ${n}`,
    mail: upn,
    proxyAddresses: [`SMTP:${upn}`],
    employeeId: `CR-${n}`,
    businessPhones: ['+31 20 555 0199'],
    managerId: people.mara.id,
  };
}

/** The tenant with so many more people in it, whose manager is Mara: each may be somebody's subject once. */
export function crowded(size: number): Seed {
  const crowd = Array.from({ length: size }, (_, n) => personOf(n + 1));
  return { ...northwindHarbour, people: [...(northwindHarbour.people ?? []), ...crowd] };
}
