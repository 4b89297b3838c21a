import { type IKoffiCType } from 'koffi';
import { type Koffi } from './koffi';
import { type Field, fieldsOf, type FieldType, type StructureName, WEBAUTHN_LAYOUT } from './webauthn-layout';

/** C's own type of each field. Strings of Windows are UTF-16 and its LONG has 32 bits, whatever machine tests this. */
const PRIMITIVE: Readonly<Record<Exclude<FieldType, 'PCWSTR*' | 'BYTE8'>, string>> = {
  DWORD: 'uint32_t',
  WORD: 'uint16_t',
  LONG: 'int32_t',
  BOOL: 'int32_t',
  PBYTE: 'uint8_t *',
  PCWSTR: 'str16',
  PVOID: 'void *',
};

/** Gives koffi's type of a structure, in one of its versions. */
export type Structures = (name: StructureName, version?: number) => IKoffiCType;

/** Turns the layout into koffi's types, each once. They have no names: koffi's names are global and used up for good. */
export function structuresOf(koffi: Koffi): Structures {
  const made = new Map<string, IKoffiCType>();
  const structure: Structures = (name, version) => {
    const id = `${name} ${version ?? ''}`;
    const known = made.get(id);
    if (known) return known;
    const members = fieldsOf(name, version).map(([field, type]) => [field, typeOf(type)] as const);
    const type = koffi.struct(Object.fromEntries(members));
    made.set(id, type);
    return type;
  };
  function typeOf(type: Field[1]): IKoffiCType | string {
    if (type === 'PCWSTR*') return koffi.pointer('str16');
    if (type === 'BYTE8') return koffi.array('uint8_t', 8);
    if (type in PRIMITIVE) return PRIMITIVE[type as keyof typeof PRIMITIVE];
    const [, target = '', stars = ''] = /^(\w+)(\**)$/.exec(type) ?? [];
    if (!(target in WEBAUTHN_LAYOUT)) throw new TypeError(`no layout of ${type}`);
    let pointed = structure(target as StructureName);
    for (let star = 0; star < stars.length; star++) pointed = koffi.pointer(pointed);
    return pointed;
  }
  return structure;
}

/** A structure with nothing in it: what is not set is 0 or NULL, as the header asks. */
export function emptyStructure(name: StructureName, version?: number): Record<string, unknown> {
  return Object.fromEntries(fieldsOf(name, version).map(([field, type]) => [field, emptyField(type)]));
}

function emptyField(type: Field[1]): unknown {
  if (type === 'DWORD' || type === 'WORD' || type === 'LONG' || type === 'BOOL') return 0;
  if (type === 'BYTE8') return new Uint8Array(8);
  return type in WEBAUTHN_LAYOUT ? emptyStructure(type as StructureName) : null;
}
