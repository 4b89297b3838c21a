import { CTAP2, type Ctap, type SendOptions } from './ctap';

/** Erases the FIDO2 part of the key for ever (CTAP 2.1 §6.6). Works only seconds after plugging in, with a touch. */
export async function resetKey(ctap: Ctap, options?: SendOptions): Promise<void> {
  await ctap.send(CTAP2.reset, undefined, options);
}
