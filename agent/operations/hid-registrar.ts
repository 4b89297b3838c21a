import { type Key } from './key';
import { register } from './register';
import { type Registrar } from './registrar';

/** Makes passkeys on a key that this process opened itself. */
export function hidRegistrar(key: Key): Registrar {
  return { kind: 'hid', register: (request) => register(key, request) };
}
